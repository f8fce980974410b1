import type { Formats } from "../format.ts";

/** Signing in, and setting up. */
export const doors = (format: Formats) => ({
  signIn: {
    title: "Sign in",
    email: "Email",
    password: "Password",
    submit: "Sign in",
    needsBoth: "Type your email and your password.",
    demo: "This is a demo organisation. Step in as one of these people:",
    or: "Or with an account of your own:",
    needsTls:
      "This page came over plain http from another machine, and browsers keep no session there: put the server behind https (TLS_CERT and TLS_KEY, or a proxy), or open it on the machine itself as localhost.",
  },
  setup: {
    title: "Set up this server",
    intro: "Nobody owns this server yet. You become its first owner.",
    code: "Code from the terminal",
    codeHint: "Printed where the server was started, such as K7QF-2MHX-9RTB.",
    organisation: "Organisation",
    zone: "Time zone",
    firstWeekday: "Week starts on",
    name: "Your name",
    passwordHint: (least: number) => `At least ${format.number(least)} characters; a sentence is good.`,
    passwordShort: (least: number) => `At least ${format.number(least)} characters.`,
    needed: "This is needed.",
    submit: "Make it mine",
  },
});
