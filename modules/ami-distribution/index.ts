export { ImageBuilderDistribution, ImageBuilderDistributionProps } from "./image-builder-distribution";
export { ImageCopy, ImageCopyProps } from "./image-copy";
export { ImageDestination } from "./image-destination";
export { ImagePublication, ImagePublicationProps } from "./image-publication";
export { ImageSharing, ImageSharingProps, sharedImageKeyStatements } from "./image-sharing";
export { imageById, imageByParameter, ImageSource } from "./image-source";
