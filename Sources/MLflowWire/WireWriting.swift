/// A message that a server writes, with the fields that MLflow's own servers write, in their order.
package protocol WireWriting {
    /// Writes one JSON value.
    func write(to json: inout JSONWriter)
}

extension WireWriting {
    /// The whole message as JSON.
    package var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

extension WireEntry: WireWriting {
    /// A tag or a parameter.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("key", key)
            $0.field("value", value ?? "")
        }
    }
}

extension WireMetric: WireWriting {
    /// A point, with the run's id where the answer is about several.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("key", key)
            $0.name("value")
            $0.double(value)
            $0.field("timestamp", timestamp)
            $0.field("step", step)
            $0.field("model_id", modelID)
            $0.field("dataset_name", datasetName)
            $0.field("dataset_digest", datasetDigest)
            $0.field("run_id", runID)
        }
    }
}

extension WireExperiment: WireWriting {
    /// An experiment.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("experiment_id", experimentID)
            $0.field("name", name)
            $0.field("artifact_location", artifactLocation)
            $0.field("lifecycle_stage", lifecycleStage)
            $0.field("last_update_time", lastUpdateTime)
            $0.field("creation_time", creationTime)
            $0.field("tags", tags) { $1.write(to: &$0) }
            $0.field("workspace", workspace)
        }
    }
}

extension WireRunInfo: WireWriting {
    /// What a run is; the id under both names.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("run_uuid", runID)
            $0.field("experiment_id", experimentID)
            $0.field("run_name", name)
            $0.field("user_id", user)
            $0.field("status", status)
            $0.field("start_time", startTime)
            $0.field("end_time", endTime)
            $0.field("artifact_uri", artifactURI)
            $0.field("lifecycle_stage", lifecycleStage)
            $0.field("run_id", runID)
        }
    }
}

extension WireRun: WireWriting {
    /// A run; inputs and outputs are there, though empty, where they are not nil.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.name("info")
            info.write(to: &$0)
            $0.name("data")
            $0.object {
                $0.field("metrics", data?.metrics) { $1.write(to: &$0) }
                $0.field("params", data?.params) { $1.write(to: &$0) }
                $0.field("tags", data?.tags) { $1.write(to: &$0) }
            }
            if let inputs {
                $0.name("inputs")
                inputs.write(to: &$0)
            }
            if let outputs {
                $0.name("outputs")
                outputs.write(to: &$0)
            }
        }
    }
}

extension WireRunInputs: WireWriting {
    /// What went into a run.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("dataset_inputs", dataset_inputs) { json, input in
                json.object {
                    $0.field("tags", input.tags) { $1.write(to: &$0) }
                    $0.name("dataset")
                    $0.object {
                        $0.field("name", input.dataset.name)
                        $0.field("digest", input.dataset.digest)
                        $0.field("source_type", input.dataset.source_type)
                        $0.field("source", input.dataset.source)
                        $0.field("schema", input.dataset.schema)
                        $0.field("profile", input.dataset.profile)
                    }
                }
            }
            $0.field("model_inputs", model_inputs) { $1.write(to: &$0) }
        }
    }
}

extension WireRunOutputs: WireWriting {
    /// What a run has made.
    package func write(to json: inout JSONWriter) {
        json.object { $0.field("model_outputs", model_outputs) { $1.write(to: &$0) } }
    }
}

extension WireModelReference: WireWriting {
    /// A model that went in or came out.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("model_id", model_id)
            $0.field("step", step)
        }
    }
}

extension WireLoggedModel: WireWriting {
    /// A logged model.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.name("info")
            $0.object {
                $0.field("model_id", info.model_id)
                $0.field("experiment_id", info.experiment_id)
                $0.field("name", info.name)
                $0.field("creation_timestamp_ms", info.creation_timestamp_ms)
                $0.field("last_updated_timestamp_ms", info.last_updated_timestamp_ms)
                $0.field("artifact_uri", info.artifact_uri)
                $0.field("status", info.status)
                $0.field("model_type", info.model_type)
                $0.field("source_run_id", info.source_run_id)
                $0.field("tags", info.tags) { $1.write(to: &$0) }
            }
            $0.name("data")
            $0.object {
                $0.field("params", params) { $1.write(to: &$0) }
                $0.field("metrics", metrics) { $1.write(to: &$0) }
            }
        }
    }
}

extension WireArtifact: WireWriting {
    /// A file or folder.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("path", path)
            $0.field("is_dir", isDirectory ?? false)
            $0.field("file_size", size?.value)
        }
    }
}
