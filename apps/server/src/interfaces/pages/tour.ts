/** One step of the tour: a line for the shell. Later steps use the variables that earlier ones set. The tests run them. */
export type TourStep = { readonly title: string; readonly about: string; readonly command: string };

/** Five minutes with the API, on the demo organisation. */
export function tour(url: string): readonly TourStep[] {
  return [
    {
      title: "1. Sign in",
      about: "A program gets a token for 15 minutes, and a refresh token for the next one.",
      command: `TOKEN=$(curl -s ${url}/v1/auth/sign-in -H 'content-type: application/json' -d '{"email":"coordinator@larkfield.example","password":"larkfield-demo"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    },
    {
      title: "2. Who am I?",
      about: "The organisation and the role that the token speaks for.",
      command: `curl -s ${url}/v1/me -H "authorization: Bearer $TOKEN"`,
    },
    {
      title: "3. What happens in a week?",
      about: "Every occurrence of every calendar you may see, with the conflicts among them.",
      command: `curl -s "${url}/v1/calendar/events?start=2027-03-22&end=2027-03-29&includeConflicts=true" -H "authorization: Bearer $TOKEN"`,
    },
    {
      title: "4. Create an event",
      about: "Time that is taken is refused with 409 and suggestions; the key makes repeating harmless.",
      command: `curl -s ${url}/v1/calendar/events -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -H 'idempotency-key: tour-1' -d '{"title":"Coach clinic","start":"2031-03-25T15:30:00","end":"2031-03-25T17:00:00","timeZone":"Europe/Prague"}'`,
    },
    {
      title: "5. Find what clashes",
      about: "Each conflict comes with one sentence and ranked repairs.",
      command: `curl -s ${url}/v1/ai/detect-conflicts -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"timeRange":{"start":"2027-01-01T00:00:00Z","end":"2027-07-01T00:00:00Z"}}'`,
    },
    {
      title: "6. Follow what changes",
      about: "Ids and fields in order; read the things again to see them with your own eyes.",
      command: `curl -s "${url}/v1/changes?since=0&limit=3" -H "authorization: Bearer $TOKEN"`,
    },
  ];
}
