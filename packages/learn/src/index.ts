export { PLACES, TYPES, type Commitment, type CommitmentType, type Place, type Share } from "./features/commitment.ts";
export { FEATURES, type Feature, type FeatureGroup } from "./features/features.ts";
export { FEATURE_COUNT, SCHEMA, vectorOf, type Schema } from "./features/vector.ts";
