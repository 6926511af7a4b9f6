// The file `cdktf init` makes: Terraform's matchers (toHaveResourceWithProperties, …) for jest.
const cdktf = require("cdktf");
cdktf.Testing.setupJest();

// cdktf keeps with every token the whole stack it came from, for nobody to read here; jest would look each line up in source maps.
const capture = Error.captureStackTrace;
Error.captureStackTrace = (holder, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) capture(holder, below);
};
