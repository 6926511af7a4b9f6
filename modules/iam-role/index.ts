export { attachManagedPolicies, createRole, CreatedRole, roleArn, RoleSettings } from "./role";
export { addInlinePolicy, AddedPolicy, RolePolicy } from "./role-policies";
export { onlyForAccount, onlyForResources } from "./source-conditions";
