/**
 * Proves what the clusters of Aurora, DocumentDB and Neptune refuse alike. The files of each engine prove what only one refuses. Does not
 * prove that AWS would accept the rest.
 */
import { TerraformStack, Testing } from "cdktf";
import { Duration, RefusalCode } from "../../../modules/core";
import { GlobalPlaceRef } from "../../../modules/joined-clusters";
import { Site } from "../../../modules/site";
import { AURORA, forEachEngine, GlobalProps, JoinedCase, MemberProps, NEPTUNE } from "../../support/joined-clusters";
import { MEMBER_GROUPS_REFUSED, MEMBER_REFUSED, REGIONS_REFUSED } from "../../support/member-refusals";
import {
  expectRefusal,
  expectRefusalInSite,
  OSAKA,
  refusal,
  SEOUL,
  synthInSite,
  TOKYO,
  TOKYO_ABROAD,
} from "../../support/synth";

const placed = (place = TOKYO, id = "Tokyo") => new Site(new TerraformStack(Testing.app(), "stack"), id, place);

const REGIONS = [
  ...["ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "us-east-1"],
];

const OTHER_ACCOUNT = "444455556666";

/** Refusal of every cluster without instances. */
const EMPTY = "'instances' is empty: AWS cannot fail over to a cluster without an instance";

forEachEngine(<Global extends GlobalPlaceRef>(engine: JoinedCase<Global>) => {
  const { identifier, secondaries } = engine;
  const names = { seoul: `${identifier}-seoul`, tokyo: `${identifier}-tokyo` };
  const capital = `${identifier[0]!.toUpperCase()}${identifier.slice(1)}`;

  describe("GlobalCluster fails", () => {
    test.each<[GlobalProps, RefusalCode, string | RegExp]>([
      ...REGIONS_REFUSED,
      [
        { identifier: capital },
        "InvalidName",
        new RegExp(`^'identifier' is not a valid global cluster identifier, got '${capital}'`),
      ],
      [
        { secondaryRegions: REGIONS.slice(0, secondaries + 1) },
        "TooManyReplicas",
        `'secondaryRegions' must name ${secondaries} regions at most, got ${secondaries + 1}`,
      ],
    ])("with %j", (props, code, problem) => {
      expectRefusalInSite((site) => engine.createGlobal(site, "Global", props), code, problem, "stack/Site/Global");
    });

    test.each([AURORA, NEPTUNE])("with the name of a global cluster of $name", (other) => {
      expectRefusalInSite(
        (site) => {
          other.createGlobal(site, "One", { identifier });
          engine.createGlobal(site, "Two");
        },
        "NameTaken",
        `the global cluster identifier '${identifier}' is already taken by stack/Site/One`,
        "stack/Site/Two",
      );
    });

    test(`not with ${secondaries} secondary regions`, () => {
      const secondaryRegions = REGIONS.slice(0, secondaries);
      synthInSite((site) => {
        expect(engine.createGlobal(site, "Global", { secondaryRegions }).ref.secondaryRegions).toEqual(
          secondaryRegions,
        );
      });
    });
  });

  describe.each<[string, (props: MemberProps, global?: Global) => unknown]>([
    ["OriginCluster", (props, global) => engine.createOrigin(placed(SEOUL), "Db", props, global)],
    ["SecondaryCluster", (props, global) => engine.createSecondary(placed(), "Db", props, global)],
  ])("%s fails", (_, create) => {
    test.each(MEMBER_REFUSED)("with %j", (props, code, problem) => {
      expectRefusal(() => create(props), code, problem, "stack/Tokyo/Db");
    });

    test.each(MEMBER_GROUPS_REFUSED)("with %j", (props, code, problem) => {
      expectRefusal(() => create(props), code, problem, "stack/Tokyo/Db/Groups");
    });

    test("with a global cluster of another account", () => {
      expectRefusal(
        () => create({}, engine.globalRef({ account: OTHER_ACCOUNT })),
        "ReplicaInOtherAccount",
        `'${identifier}' is in account '${OTHER_ACCOUNT}', its copy in '111122223333'`,
        "stack/Tokyo/Db",
      );
    });
  });

  describe("OriginCluster fails", () => {
    const create = (props: MemberProps, place = SEOUL) => engine.createOrigin(placed(place, "Seoul"), "Db", props);

    test("outside the home", () => {
      const problem = `the home of '${identifier}' is in 'ap-northeast-2', the site is 'ap-northeast-1'`;
      expectRefusal(() => create({}, TOKYO), "WrongSite", problem, "stack/Seoul/Db");
    });

    test.each<[MemberProps, RefusalCode, string]>([
      [{ instances: {} }, "MissingSetting", "'instances' is empty, and nothing would take the writes"],
      [
        { headless: true, instances: {} },
        "ConflictingSettings",
        "'headless' is true, and the cluster takes the writes",
      ],
      [{ active: false, instances: {} }, "MissingSetting", EMPTY],
      [
        { active: false, headless: true, instances: { one: {} } },
        "ConflictingSettings",
        "'headless' is true, and 'instances' names 1",
      ],
    ])("with %j", (props, code, problem) => {
      expectRefusal(() => create(props), code, problem, "stack/Seoul/Db");
    });

    test("in a region where the global database has a cluster already", () => {
      const site = placed(SEOUL, "Seoul");
      engine.createOrigin(site, "Db");
      expectRefusal(
        () => engine.createOrigin(site, "Second", { identifier: `${names.seoul}-2` }),
        "NameTaken",
        `the place of a cluster in the global database '${identifier}' is already taken by stack/Seoul/Db`,
        "stack/Seoul/Second",
      );
    });
  });

  describe("SecondaryCluster fails", () => {
    const create = (props: MemberProps, place = TOKYO) => engine.createSecondary(placed(place), "Db", props);

    test.each<[MemberProps, RefusalCode, string]>([
      [{ instances: undefined }, "MissingSetting", EMPTY],
      [{ headless: true }, "ConflictingSettings", "'headless' is true, and 'instances' names 1"],
    ])("with %j", (props, code, problem) => {
      expectRefusal(() => create(props), code, problem, "stack/Tokyo/Db");
    });

    test("without an instance, and says how a recovery then begins", () => {
      expect(refusal(() => create({ instances: {} })).remedy).toBe(
        "name one or more, or set 'headless: true'; the recovery then creates an instance first, which takes longer",
      );
    });

    test.each([
      [
        SEOUL,
        "WrongSite",
        `'ap-northeast-2' is not one of the secondary regions of '${identifier}', got ap-northeast-1`,
      ],
      [
        OSAKA,
        "WrongSite",
        `'ap-northeast-3' is not one of the secondary regions of '${identifier}', got ap-northeast-1`,
      ],
      [
        TOKYO_ABROAD,
        "ReplicaInOtherAccount",
        `'${identifier}' is in account '111122223333', its copy in '${OTHER_ACCOUNT}'`,
      ],
    ] as const)("in %j", (place, code, problem) => {
      expectRefusal(() => create({}, place), code, problem, "stack/Tokyo/Db");
    });

    test("with the name of the cluster in another region", () => {
      const app = Testing.app();
      const seoul = new Site(new TerraformStack(app, "one"), "Seoul", SEOUL);
      const tokyo = new Site(new TerraformStack(app, "two"), "Tokyo", TOKYO);
      engine.createOrigin(seoul, "Db", { identifier });
      expectRefusal(
        () => engine.createSecondary(tokyo, "Db", { identifier }),
        "NameTaken",
        `the DB cluster identifier '${identifier}' is already taken by one/Seoul/Db`,
        "two/Tokyo/Db",
      );
    });
  });

  describe("ReplicationLagAlarm fails", () => {
    const threshold = Duration.seconds(30);

    test("in another site than the cluster", () => {
      const cluster = engine.refOf({ ...TOKYO, identifier: names.tokyo });
      expectRefusalInSite(
        (site) => engine.createAlarm(site, "Lag", { cluster, threshold }),
        "WrongSite",
        `the lag metric of '${names.tokyo}' is in 'ap-northeast-1', the site is 'ap-northeast-2'`,
        "stack/Site/Lag",
      );
    });

    test("over more than 60 minutes", () => {
      const cluster = engine.refOf({ ...SEOUL, identifier: names.seoul });
      expectRefusalInSite(
        (site) => engine.createAlarm(site, "Lag", { cluster, threshold, minutes: 61 }),
        "SettingOutOfRange",
        "'minutes' must be a whole number from 1 to 60, got 61",
        "stack/Site/Lag",
      );
    });
  });
});
