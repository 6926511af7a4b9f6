/**
 * In the place of `archiver`, which cdktf loads with everything, a hundred files of it for each test file, and calls for an asset that it
 * zips: then it is loaded.
 */
const { join } = require("node:path");

const ARCHIVER = join(__dirname, "..", "..", "node_modules", "cdktf", "node_modules", "archiver");

module.exports = (...options) => require(ARCHIVER)(...options);
