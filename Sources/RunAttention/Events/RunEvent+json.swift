package import JMESPath
import RunModel

extension RunEvent {
    /// As hooks and scripts get it:
    ///
    /// | key | value |
    /// |---|---|
    /// | `id` | the same for the same happening |
    /// | `event` | `finished`, `failed`, `canceled`, `notANumber`, `stalled`, `silent`, `back`, `firstOfExperiment`, `stuck`, `idleGPU`, `lastChildEnded` |
    /// | `time` | milliseconds since 1970 |
    /// | `summary` | one line: run, experiment, what happened |
    /// | `detail` | why it failed, which metric, how long; may be empty |
    /// | `run` | object: `id`, `name`, `status`, `durationSeconds` (null before the start) |
    /// | `experiment` | object: `id`, `name` |
    /// | `parent` | object: `id`, `name` (null where it is not known); null without one |
    /// | `bestMetric` | object: `name`, `value`, `step`; null without one |
    package var json: JSONValue {
        var run = JSONObject()
        run["id"] = .string(self.run.text)
        run["name"] = .string(name)
        run["status"] = .string(status.word)
        run["durationSeconds"] = duration.map { .number(JSONNumber(Double($0) / 1_000)) } ?? .null
        var experiment = JSONObject()
        experiment["id"] = .string(experimentID.text)
        experiment["name"] = .string(experimentName)
        var object = JSONObject()
        object["id"] = .string(id)
        object["event"] = .string(kind.rawValue)
        object["time"] = .number(JSONNumber(Int(at.milliseconds)))
        object["summary"] = .string(sentence)
        object["detail"] = .string(detail)
        object["run"] = .object(run)
        object["experiment"] = .object(experiment)
        object["parent"] = parentID.map { .object(Self.parent($0.text, parentName)) } ?? .null
        object["bestMetric"] = best.map { .object($0.json) } ?? .null
        return .object(object)
    }

    private static func parent(_ id: String, _ name: String?) -> JSONObject {
        var parent = JSONObject()
        parent["id"] = .string(id)
        parent["name"] = name.map { .string($0) } ?? .null
        return parent
    }

    /// One line without its end; names are others' text, so what could steer a terminal is escaped.
    package var jsonLine: String {
        // Never as long as the writer's limit: every part of it is a run's.
        (try? JSONWriter.text(of: json, layout: .compact, escaping: .unprintable)) ?? "{}"
    }
}

extension BestMetric {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["name"] = .string(key)
        object["value"] = .number(JSONNumber(value))
        object["step"] = .number(JSONNumber(Int(step)))
        return object
    }
}
