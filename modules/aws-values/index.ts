export { checkBackupRetention } from "./backup-retention";
export { Capacity, checkActiveCapacity, checkCapacity, isBelow, MAX_INSTANCES } from "./capacity";
export { checkLogRetention } from "./log-retention";
export { checkDatabasePort, checkPort } from "./ports";
export { checkWindows, maintenanceMinutes, Windows } from "./windows";
