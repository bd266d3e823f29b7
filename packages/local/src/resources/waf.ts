/** aws:wafv2: IP sets, web ACLs and what they protect. */
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

export const wafResources = ({ waf }: Services) => [
  defineResource({
    type: "aws:wafv2/ipSet:IpSet",
    inputs: z.strictObject({
      name: z.string().optional(),
      scope: z.literal("REGIONAL"),
      ipAddressVersion: z.enum(["IPV4", "IPV6"]),
      addresses: z.array(z.string()).default([]),
    }),
    apply: (inputs, { name: logicalName, previous }) => {
      const name =
        inputs.name ??
        z.string().safeParse(previous?.outputs["name"]).data ??
        physicalName(logicalName);
      const { id, arn } = waf.putIpSet({
        ...inputs,
        name,
        ...(previous ? { id: previous.id } : {}),
      });
      return { id, outputs: { arn, name } };
    },
    remove: ({ id }) => waf.deleteIpSet(id),
  }),
  defineResource({
    type: "aws:wafv2/webAcl:WebAcl",
    inputs: z.strictObject({
      name: z.string().optional(),
      scope: z.literal("REGIONAL"),
      defaultAction: z.unknown(),
      rules: z.array(z.unknown()).default([]),
      visibilityConfig: z.unknown(),
    }),
    apply: (inputs, { name: logicalName, previous }) => {
      const name =
        inputs.name ??
        z.string().safeParse(previous?.outputs["name"]).data ??
        physicalName(logicalName);
      const { id, arn, capacity } = waf.putWebAcl({
        ...inputs,
        name,
        ...(previous ? { id: previous.id } : {}),
      });
      return { id, outputs: { arn, name, capacity } };
    },
    remove: ({ id }) => waf.deleteWebAcl(id),
  }),
  defineResource({
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    inputs: z.strictObject({ resourceArn: z.string(), webAclArn: z.string() }),
    apply: ({ resourceArn, webAclArn }) => {
      waf.associate(webAclArn, resourceArn);
      return { id: `${webAclArn},${resourceArn}`, outputs: {} };
    },
    remove: ({ outputs }) => waf.disassociate(z.string().parse(outputs["resourceArn"])),
  }),
];
