import type { ReactNode } from "react";
import { Dialog, type DialogProps } from "react-aria-components/Dialog";
import { Popover, type PopoverProps } from "react-aria-components/Popover";
import styles from "./pop.module.css";

/** A small panel beside the button that opened it. Closes on Esc and on a press outside. */
export function Pop(props: {
  readonly label: string;
  readonly placement?: PopoverProps["placement"];
  readonly children: ReactNode | DialogProps["children"];
}) {
  return (
    <Popover className={styles.pop!} placement={props.placement ?? "bottom start"} offset={6}>
      <Dialog className={styles.inside!} aria-label={props.label}>
        {props.children}
      </Dialog>
    </Popover>
  );
}
