import type { Formats } from "../../messages/format.ts";

/** The words of what is foretold of an event. They come with its form. */
const en = (format: Formats) => ({
  title: "What is foretold",
  often: {
    moved: (of: number) => `Often moved: about ${format.number(of)} of 100 like it are.`,
    cancelled: (of: number) => `Often cancelled: about ${format.number(of)} of 100 like it are.`,
    refused: (of: number) => `Often declined by somebody: about ${format.number(of)} of 100 like it are.`,
    missed: (of: number) => `Often missed by somebody: about ${format.number(of)} of 100 like it are.`,
    conflict: (of: number) => `Often meets a conflict: about ${format.number(of)} of 100 like it do.`,
  },
  sometimes: {
    moved: (of: number) => `Sometimes moved: about ${format.number(of)} of 100 like it are.`,
    cancelled: (of: number) => `Sometimes cancelled: about ${format.number(of)} of 100 like it are.`,
    refused: (of: number) => `Sometimes declined by somebody: about ${format.number(of)} of 100 like it are.`,
    missed: (of: number) => `Sometimes missed by somebody: about ${format.number(of)} of 100 like it are.`,
    conflict: (of: number) => `Sometimes meets a conflict: about ${format.number(of)} of 100 like it do.`,
  },
  calm: "Things like it mostly take place as they were planned.",
  by: {
    serving: (version: number) => `Model ${version}, learned from what was. It decides nothing.`,
    tried: (version: number) => `Model ${version}, which is tried on a few people. It decides nothing.`,
    madeUp: (version: number) => `Model ${version}, learned from people who do not exist. It decides nothing.`,
  },
});

const de: typeof en = (format) => ({
  title: "Was vorhergesagt ist",
  often: {
    moved: (of) => `Oft verschoben: etwa ${format.number(of)} von 100 solchen.`,
    cancelled: (of) => `Oft abgesagt: etwa ${format.number(of)} von 100 solchen.`,
    refused: (of) => `Oft von jemandem abgelehnt: etwa ${format.number(of)} von 100 solchen.`,
    missed: (of) => `Oft von jemandem versäumt: etwa ${format.number(of)} von 100 solchen.`,
    conflict: (of) => `Oft im Konflikt: etwa ${format.number(of)} von 100 solchen.`,
  },
  sometimes: {
    moved: (of) => `Manchmal verschoben: etwa ${format.number(of)} von 100 solchen.`,
    cancelled: (of) => `Manchmal abgesagt: etwa ${format.number(of)} von 100 solchen.`,
    refused: (of) => `Manchmal von jemandem abgelehnt: etwa ${format.number(of)} von 100 solchen.`,
    missed: (of) => `Manchmal von jemandem versäumt: etwa ${format.number(of)} von 100 solchen.`,
    conflict: (of) => `Manchmal im Konflikt: etwa ${format.number(of)} von 100 solchen.`,
  },
  calm: "Solche Termine finden meist wie geplant statt.",
  by: {
    serving: (version) => `Modell ${version}, gelernt aus dem, was war. Es entscheidet nichts.`,
    tried: (version) => `Modell ${version}, bei wenigen erprobt. Es entscheidet nichts.`,
    madeUp: (version) => `Modell ${version}, gelernt von Menschen, die es nicht gibt. Es entscheidet nichts.`,
  },
});

export const outlookWords = { en, de };
