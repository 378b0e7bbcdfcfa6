import MLflowWire

/// An answer that comes often or is long, and that `JSONReader` reads faster than Foundation's decoder.
protocol QuickAnswer {
    /// Throws where the bytes need a closer look, whether they are good or not.
    init(reading json: inout JSONReader) throws(JSONReader.Unreadable)
}

extension QuickAnswer {
    /// Nil where the bytes need a closer look.
    init?(quickly bytes: [UInt8]) {
        let answer = bytes.withUnsafeBufferPointer { bytes -> Self? in
            var reader = JSONReader(bytes)
            do throws(JSONReader.Unreadable) {
                let answer = try Self(reading: &reader)
                try reader.end()
                return answer
            } catch {
                return nil
            }
        }
        guard let answer else { return nil }
        self = answer
    }
}

extension WireRunList: QuickAnswer {
    init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        self.init(runs: nil, nextPageToken: nil)
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "runs": runs = try json.list { json throws(JSONReader.Unreadable) in try WireRun(reading: &json) }
            case "next_page_token": nextPageToken = try json.text()
            default: try json.skip()
            }
        }
        // What says neither may be an error with the status of a good answer.
        if runs == nil && nextPageToken == nil { throw JSONReader.Unreadable() }
    }
}

extension WireMetricList: QuickAnswer {
    init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        self.init(metrics: nil, nextPageToken: nil)
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "metrics":
                metrics = try json.list { json throws(JSONReader.Unreadable) in try WireMetric(reading: &json) }
            case "next_page_token": nextPageToken = try json.text()
            default: try json.skip()
            }
        }
        if metrics == nil && nextPageToken == nil { throw JSONReader.Unreadable() }
    }
}

extension WireRunAnswer: QuickAnswer {
    init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        var found: WireRun?
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            if case "run" = name { found = try WireRun(reading: &json) } else { try json.skip() }
        }
        guard let found else { throw JSONReader.Unreadable() }
        self.init(run: found)
    }
}

extension WireRun {
    fileprivate init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        var (info, data): (WireRunInfo?, WireRunData?)
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "info": info = try WireRunInfo(reading: &json)
            case "data": data = try json.isNull() ? nil : try WireRunData(reading: &json)
            default: try json.skip()
            }
        }
        guard let info else { throw JSONReader.Unreadable() }
        self.init(info: info, data: data)
    }
}

extension WireRunInfo {
    fileprivate init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        var info = WireRunInfo(runID: "", experimentID: "")
        var (id, uuid): (String?, String?)
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "run_id": id = try json.text()
            case "run_uuid": uuid = try json.text()
            case "experiment_id": info.experimentID = try json.text() ?? ""
            case "run_name": info.name = try json.text()
            case "user_id": info.user = try json.text()
            case "status": info.status = try json.text()
            case "start_time": info.startTime = try json.integer()
            case "end_time": info.endTime = try json.integer()
            case "artifact_uri": info.artifactURI = try json.text()
            case "lifecycle_stage": info.lifecycleStage = try json.text()
            default: try json.skip()
            }
        }
        guard let known = id ?? uuid else { throw JSONReader.Unreadable() }
        info.runID = known
        self = info
    }
}

extension WireRunData {
    fileprivate init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        self.init()
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "metrics":
                metrics = try json.list { json throws(JSONReader.Unreadable) in try WireMetric(reading: &json) }
            case "params":
                params = try json.list { json throws(JSONReader.Unreadable) in try WireEntry(reading: &json) }
            case "tags": tags = try json.list { json throws(JSONReader.Unreadable) in try WireEntry(reading: &json) }
            default: try json.skip()
            }
        }
    }
}

extension WireEntry {
    fileprivate init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        var (key, value): (String?, String?)
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "key": key = try json.text()
            case "value": value = try json.text()
            default: try json.skip()
            }
        }
        guard let key else { throw JSONReader.Unreadable() }
        self.init(key: key, value: value)
    }
}

extension WireMetric {
    fileprivate init(reading json: inout JSONReader) throws(JSONReader.Unreadable) {
        var metric = WireMetric(key: "", value: 0, timestamp: 0, step: 0)
        var key: String?
        try json.object { (json, name) throws(JSONReader.Unreadable) in
            switch name {
            case "key": key = try json.text()
            case "value": metric.value = try json.double() ?? 0
            case "timestamp": metric.timestamp = try json.integer() ?? 0
            case "step": metric.step = try json.integer() ?? 0
            case "run_id": metric.runID = try json.text()
            default: try json.skip()
            }
        }
        guard let key else { throw JSONReader.Unreadable() }
        metric.key = key
        self = metric
    }
}

extension JSONReader {
    /// The elements of an array; nil for `null`.
    fileprivate mutating func list<Element>(
        _ element: (inout JSONReader) throws(Unreadable) -> Element
    ) throws(Unreadable) -> [Element]? {
        if try isNull() { return nil }
        var list: [Element] = []
        try array { json throws(Unreadable) in list.append(try element(&json)) }
        return list
    }
}
