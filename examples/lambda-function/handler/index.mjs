export const handler = async (event) => {
  for (const { messageId } of event.Records ?? []) console.log(JSON.stringify({ messageId, place: process.env.PLACE }));
};
