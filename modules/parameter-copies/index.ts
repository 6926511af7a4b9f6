export { ParameterCopies, ParameterCopiesProps } from "./parameter-copies";
export { ParameterRef, parameterReadStatements } from "./parameter-ref";
export {
  ParameterOptions,
  ParameterValue,
  plainText,
  SecretParameterOptions,
  secretText,
  SecureParameterOptions,
  textList,
  writeOnlyText,
} from "./parameter-value";
