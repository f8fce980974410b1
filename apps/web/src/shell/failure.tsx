import { Component, type ReactNode } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./shell.module.css";

/** Keeps a failure of ours from leaving an empty page: says so, and offers to load again. React has this as a class only. */
export class FailureBoundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Failure /> : this.props.children;
  }
}

function Failure() {
  const { words } = useLanguage();
  return (
    <main className={styles.lonely}>
      <p role="alert">{words.failures.drawing}</p>
      <Button kind="primary" onPress={() => location.reload()}>
        {words.failures.reload}
      </Button>
    </main>
  );
}
