import { useEffect, useLayoutEffect, useState } from "react";
import type { Marks, Scale, YearPicture } from "@hourwright/timeline";
import type { Sheet } from "./canvas.ts";
import { Painter } from "./painter.ts";

const WEIGHTS = ["450", "550", "560", "650", "700"];

/** A painter that follows the picture, the marks and the theme of a component; hand it the component's canvases. */
export function usePainting(
  picture: YearPicture,
  marks: Marks,
  theme: string,
  sheet: Sheet,
  nearby: readonly Scale[],
): Painter {
  const [painter] = useState(() => new Painter());
  useLayoutEffect(() => painter.show(picture, sheet, nearby), [painter, picture, sheet, nearby]);
  useLayoutEffect(() => painter.point(marks), [painter, marks]);
  useLayoutEffect(() => {
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
