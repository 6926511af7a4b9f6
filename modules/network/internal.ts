/** For other modules and the patterns, not for users: no public sub-path of the package leads here. */
export { admitLoadBalancer, createComputeSecurityGroup } from "./compute-security-group";
