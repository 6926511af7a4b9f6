/**
 * Proves that the embedded AWS keeps Capacity Reservations, what images are copied and deprecated with, and what names them. Does not prove
 * that an instance starts in a reservation.
 */
import {
  CancelCapacityReservationCommand,
  CopyImageCommand,
  CreateCapacityReservationCommand,
  DescribeCapacityReservationsCommand,
  DescribeImagesCommand,
  DisableImageDeprecationCommand,
  EC2Client,
  EnableImageDeprecationCommand,
  type Image,
  ModifyCapacityReservationCommand,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import { callJson } from "../../emulator";
import { PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
let seoul: EC2Client;
let tokyo: EC2Client;
beforeEach(() => {
  seoul = new EC2Client(emulator.current.sdkConfig(SEOUL));
  tokyo = new EC2Client(emulator.current.sdkConfig(TOKYO));
});
afterEach(() => [seoul, tokyo].forEach((client) => client.destroy()));

test("a reservation is answered as it was asked for, changed, and cancelled", async () => {
  const asked = {
    AvailabilityZone: "ap-northeast-1a",
    InstancePlatform: "Linux/UNIX",
    InstanceType: "m7g.large",
    InstanceMatchCriteria: "targeted",
  } as const;
  const Tags = [{ Key: "Name", Value: "orders" }];
  const { CapacityReservation: made } = await tokyo.send(
    new CreateCapacityReservationCommand({
      ...asked,
      InstanceCount: 3,
      TagSpecifications: [{ ResourceType: "capacity-reservation", Tags }],
    }),
  );
  const CapacityReservationId = made?.CapacityReservationId;
  const described = async () => {
    const command = new DescribeCapacityReservationsCommand({ CapacityReservationIds: [CapacityReservationId!] });
    return (await tokyo.send(command)).CapacityReservations![0]!;
  };
  expect(await described()).toMatchObject({
    ...asked,
    CapacityReservationArn: `arn:aws:ec2:ap-northeast-1:111122223333:capacity-reservation/${CapacityReservationId}`,
    EndDateType: "unlimited",
    State: "active",
    Tags,
    Tenancy: "default",
    TotalInstanceCount: 3,
    AvailableInstanceCount: 3,
  });

  await tokyo.send(new ModifyCapacityReservationCommand({ CapacityReservationId, InstanceCount: 5 }));
  expect(await described()).toMatchObject({ TotalInstanceCount: 5, AvailableInstanceCount: 5 });
  await tokyo.send(new CancelCapacityReservationCommand({ CapacityReservationId }));
  expect(await described()).toMatchObject({ State: "cancelled" });
  expect((await seoul.send(new DescribeCapacityReservationsCommand({}))).CapacityReservations).toEqual([]);
});

test("a reservation that does not exist is not found", async () => {
  const command = new DescribeCapacityReservationsCommand({ CapacityReservationIds: ["cr-12345678"] });
  await expect(tokyo.send(command)).rejects.toMatchObject({ name: "InvalidCapacityReservationId.NotFound" });
});

test("a copied image is encrypted when that is asked for, and its source stays as it is", async () => {
  const { ImageId: SourceImageId } = await seoul.send(new RegisterImageCommand({ Name: "orders" }));
  const copied = async (Encrypted: boolean) => {
    const source = { SourceImageId, SourceRegion: SEOUL };
    const { ImageId } = await tokyo.send(new CopyImageCommand({ ...source, Name: `orders-${Encrypted}`, Encrypted }));
    return isEncrypted(await described(tokyo, ImageId));
  };
  expect(await copied(true)).toBe(true);
  expect(await copied(false)).toBe(false);
  expect(isEncrypted(await described(seoul, SourceImageId))).toBe(false);
});

test("an image says when it is deprecated, until it no longer is", async () => {
  const { ImageId } = await tokyo.send(new RegisterImageCommand({ Name: "orders" }));
  const DeprecateAt = new Date("2028-01-31T00:00:00Z");
  await tokyo.send(new EnableImageDeprecationCommand({ ImageId, DeprecateAt }));
  expect((await described(tokyo, ImageId)).DeprecationTime).toBe("2028-01-31T00:00:00.000Z");
  await tokyo.send(new DisableImageDeprecationCommand({ ImageId }));
  expect((await described(tokyo, ImageId)).DeprecationTime).toBeUndefined();
});

test("a parameter that names an image stays one when it gets a new value", async () => {
  const ssm = (action: string, body: object) => callJson(emulator.current, `${TOKYO}/ssm`, `AmazonSSM.${action}`, body);
  const dataType = async () => {
    const { Parameter } = await ssm("GetParameter", { Name: "/orders/ami" });
    return (Parameter as { DataType: string }).DataType;
  };
  const parameter = { Name: "/orders/ami", Type: "String", Value: "ami-12345678" };
  await ssm("PutParameter", { ...parameter, DataType: "aws:ec2:image" });
  await ssm("PutParameter", { ...parameter, Value: "ami-87654321", Overwrite: true });
  expect(await dataType()).toBe("aws:ec2:image");
  await ssm("PutParameter", { ...parameter, Name: "/orders/text" });
  expect((await ssm("GetParameter", { Name: "/orders/text" })).Parameter).toMatchObject({ DataType: "text" });
});

async function described(client: EC2Client, imageId: string | undefined): Promise<Image> {
  const { Images } = await client.send(new DescribeImagesCommand({ ImageIds: [imageId!] }));
  return Images![0]!;
}

function isEncrypted(image: Image): boolean | undefined {
  return image.BlockDeviceMappings![0]!.Ebs!.Encrypted;
}
