/** Proves what the older words for sites stand for. */
import * as stacks from "../../stacks";

test("a cold, warm and hot site and a mirror are the four patterns", () => {
  expect([stacks.ColdSite, stacks.WarmSite, stacks.HotSite, stacks.MirrorSite]).toEqual([
    stacks.BackupRestore,
    stacks.PilotLight,
    stacks.WarmStandby,
    stacks.MultiSite,
  ]);
});
