package import JMESPath
package import RunModel
package import RunServices

/// The JSON document of a run, the same for every run service.
///
/// The members are those of the run document that `az ml run list` and `show` print; `null` stands for what is absent. Those
/// with a star are additions.
///
/// | member | value |
/// |---|---|
/// | `runId` | the id; any unique prefix of it names the run on the command line |
/// | `runNumber` | counts up within the experiment; null where the service numbers no runs |
/// | `experimentId`, `experimentName`* | of the experiment |
/// | `displayName` | the name that people give |
/// | `description` | the text of the tag `mlflow.note.content` |
/// | `status` | NotStarted, Queued, Preparing, Running, Finalizing, CancelRequested, Paused, NotResponding, Completed, Failed, Canceled, or a service's own word |
/// | `createdUtc`, `startTimeUtc`, `endTimeUtc` | as `2026-11-23T23:43:20.531+00:00` |
/// | `parentRunId`, `rootRunId` | null for a run without a parent; the run's own id there |
/// | `createdBy` | `{"userName": …}`, or null |
/// | `error` | `{"error": {"code": …, "message": …}}`, or null |
/// | `tags` | an object; the value of a key-only tag is null |
/// | `properties` | an object |
/// | `parameters`* | an object: MLflow's params |
/// | `metrics`* | an object: the newest value of each; numbers that are not finite are the texts `NaN`, `Infinity`, `-Infinity` |
///
/// `show` adds `source`, `supervisor` and `logs`.
package enum RunReport {
    /// Writes the document of a run.
    package static func write(_ run: Run, to sink: inout some JSONSink) {
        sink.beginObject()
        writeMembers(of: run, to: &sink)
        sink.endObject()
    }

    /// Writes the document of a run with what only `show` tells.
    package static func write(_ details: RunDetails, to sink: inout some JSONSink) {
        sink.beginObject()
        writeMembers(of: details.run, to: &sink)
        sink.key("source")
        if let source = details.source { write(source, to: &sink) } else { sink.writeNull() }
        sink.key("supervisor")
        if let state = details.supervisor { write(state, to: &sink) } else { sink.writeNull() }
        sink.key("logs")
        sink.beginArray()
        for log in details.logs {
            sink.beginObject()
            sink.member("name", log.name)
            sink.member("size", Int(log.size))
            sink.endObject()
        }
        sink.endArray()
        sink.endObject()
    }

    /// The document as a value.
    package static func value(of run: Run) -> JSONValue { JSONTree.value { write(run, to: &$0) } }

    /// The document as a value, with what only `show` tells.
    package static func value(of details: RunDetails) -> JSONValue { JSONTree.value { write(details, to: &$0) } }

    static func writeMembers(of run: Run, to sink: inout some JSONSink) {
        sink.member("runId", run.id.text)
        sink.member("runNumber", run.number)
        sink.member("experimentId", run.experimentID.text)
        sink.member("experimentName", run.experimentName)
        sink.member("displayName", run.name)
        sink.member("description", run.descriptionText)
        sink.member("status", run.status.word)
        sink.member("createdUtc", run.createdAt)
        sink.member("startTimeUtc", run.startedAt)
        sink.member("endTimeUtc", run.endedAt)
        sink.member("parentRunId", run.parentID?.text)
        sink.member("rootRunId", run.rootID.text)
        sink.key("createdBy")
        if run.user.isEmpty {
            sink.writeNull()
        } else {
            sink.beginObject()
            sink.member("userName", run.user)
            sink.endObject()
        }
        sink.key("error")
        write(run.failure, to: &sink)
        writeValues(of: run, to: &sink)
    }

    private static func writeValues(of run: Run, to sink: inout some JSONSink) {
        sink.key("tags")
        sink.beginObject()
        for entry in run.machineTags.entries { sink.member(entry.key, entry.value) }
        for entry in run.tags.entries where entry.key != RunEdit.descriptionTag { sink.member(entry.key, entry.value) }
        sink.endObject()
        sink.key("properties")
        sink.beginObject()
        for entry in run.properties.entries { sink.member(entry.key, entry.value) }
        sink.endObject()
        sink.key("parameters")
        sink.beginObject()
        for entry in run.params.entries { sink.member(entry.key, entry.value) }
        sink.endObject()
        sink.key("metrics")
        sink.beginObject()
        for entry in run.metrics.entries {
            sink.key(entry.key)
            write(entry.value.value, to: &sink)
        }
        sink.endObject()
    }

    /// Writes what was measured.
    package static func write(_ value: MetricValue, to sink: inout some JSONSink) {
        switch value {
        case .number(let number): sink.writeNumber(number)
        case .text(let text): sink.write(text)
        }
    }

    private static func write(_ failure: RunFailure?, to sink: inout some JSONSink) {
        guard let failure else { return sink.writeNull() }
        sink.beginObject()
        sink.key("error")
        sink.beginObject()
        sink.member("code", failure.code)
        sink.member("message", failure.message)
        sink.endObject()
        sink.endObject()
    }

    private static func write(_ source: RunSource, to sink: inout some JSONSink) {
        sink.beginObject()
        sink.key("command")
        sink.beginArray()
        for word in source.command { sink.write(word) }
        sink.endArray()
        sink.member("directory", source.directory.isEmpty ? nil : source.directory)
        sink.member("host", source.host.isEmpty ? nil : source.host)
        sink.member("commit", source.revision?.commit)
        sink.member("branch", source.revision?.branch)
        sink.member("repository", source.revision?.repository)
        sink.endObject()
    }

    private static func write(_ state: SupervisorState, to sink: inout some JSONSink) {
        sink.beginObject()
        sink.member("host", state.supervisor.host)
        sink.member("lastHeartbeatUtc", state.lastHeartbeat)
        var (status, signal): (Int?, Int?) = (nil, nil)
        switch state.exit {
        case .status(let number)?: status = Int(number)
        case .signal(let number)?: signal = Int(number)
        case nil: break
        }
        sink.member("exitStatus", status)
        sink.member("exitSignal", signal)
        sink.endObject()
    }
}
