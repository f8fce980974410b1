import { useEffect, useLayoutEffect, useState } from "react";
import type { YearPicture } from "@hourwright/timeline";
import { Painter, type Cursor } from "./painter.ts";

const WEIGHTS = ["450", "550", "560", "650", "700"];

/** A painter that follows the picture, the cursor and the theme of a component; hand it the component's canvases. */
export function usePainting(picture: YearPicture, cursor: Cursor, theme: string, pixelRatio: number): Painter {
  const [painter] = useState(() => new Painter());
  useLayoutEffect(() => painter.show(picture, pixelRatio), [painter, picture, pixelRatio]);
  useLayoutEffect(() => painter.point(cursor), [painter, cursor]);
  useEffect(() => {
    if (theme !== "") painter.forgetColours();
  }, [painter, theme]);
  useEffect(() => {
    if (WEIGHTS.every((weight) => document.fonts.check(`${weight} 10.5px "Inter Variable"`))) return;
    let isGone = false;
    const fonts = WEIGHTS.map((weight) => document.fonts.load(`${weight} 10.5px "Inter Variable"`));
    void Promise.all(fonts).then(() => {
      if (!isGone) painter.forgetFonts();
    });
    return () => {
      isGone = true;
    };
  }, [painter]);
  return painter;
}
