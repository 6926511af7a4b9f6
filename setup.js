// The file `cdktf init` makes: Terraform's matchers (toHaveResourceWithProperties, …) for jest.
const cdktf = require("cdktf");
cdktf.Testing.setupJest();
