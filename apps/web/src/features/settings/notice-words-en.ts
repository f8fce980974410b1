/** The words of what somebody is told by mail as well. They come with Settings. */
export const en = () => ({
  intro: "What concerns you stands under the bell. By mail you read of it as well what you choose here.",
  language: "Mail is written in",
  languages: { en: "English", de: "German" },
  mail: "By mail as well",
  kinds: {
    cover: "When somebody is ill and you are asked to take their shift",
    swap: "When a swap is proposed to you, and what becomes of yours",
    "open-shift": "When a shift that you could take is offered",
    approval: "When you are asked to approve something, and what becomes of what you asked for",
    roster: "When a roster with shifts of yours is published or changed",
  },
  saved: "Your mail was changed",
});

export type NoticeWords = ReturnType<typeof en>;
