import type { ReactNode } from "react";
import { Dialog, type DialogProps } from "react-aria-components/Dialog";
import { Popover, type PopoverProps } from "react-aria-components/Popover";
import styles from "./pop.module.css";

/**
 * A small panel beside the button that opened it: the one in the same `DialogTrigger`, or the one given as `opener`, for as
 * long as it is not null. Closes on Esc and on a press outside.
 */
export function Pop(props: {
  readonly label: string;
  readonly placement?: PopoverProps["placement"];
  readonly children: ReactNode | DialogProps["children"];
  readonly opener?: { readonly current: Element | null; readonly onClose: () => void };
}) {
  const { opener } = props;
  const opened =
    opener === undefined
      ? {}
      : {
          triggerRef: opener,
          isOpen: opener.current !== null,
          onOpenChange: (isOpen: boolean) => isOpen || opener.onClose(),
        };
  return (
    <Popover className={styles.pop!} placement={props.placement ?? "bottom start"} offset={6} {...opened}>
      <Dialog className={styles.inside!} aria-label={props.label}>
        {props.children}
      </Dialog>
    </Popover>
  );
}
