export { checkBackupRetention } from "./backup-retention";
export { Capacity, checkActiveCapacity, checkCapacity, isBelow, MAX_INSTANCES } from "./capacity";
export { checkLogRetention } from "./log-retention";
export { BackupSettings, LogSettings, UpgradeSettings } from "./operations";
export { checkDatabasePort, checkPort } from "./ports";
export { checkWindows, maintenanceMinutes, Windows } from "./windows";
