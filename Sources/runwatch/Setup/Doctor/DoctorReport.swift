import JMESPath
import RunServices

/// What the doctor found, for a person and for a program.
struct DoctorReport {
    let findings: [Finding]
    /// Why the service cannot be used, if so.
    let fault: RunServiceError?

    var problems: [Finding] { findings.filter { $0.problem != nil } }

    /// 0 when nothing is wrong, 4 when the service cannot be reached or does not let us in, else 1.
    var status: Int32 {
        let unreachable: [RunServiceError.Code] = [.unavailable, .timedOut, .unauthorized, .forbidden, .rateLimited]
        if let fault, unreachable.contains(fault.code) { return 4 }
        return problems.isEmpty ? 0 : 1
    }

    var text: String {
        let width = findings.map(\.name.count).max() ?? 0
        var lines: [String] = []
        for section in Finding.Section.allCases {
            let own = findings.filter { $0.section == section }
            if own.isEmpty { continue }
            lines.append((lines.isEmpty ? "" : "\n") + section.rawValue)
            lines += own.map { finding in
                let mark = finding.problem == nil ? "  " : "! "
                return mark + finding.name + String(repeating: " ", count: width + 2 - finding.name.count)
                    + finding.value
            }
        }
        lines.append("")
        if problems.isEmpty {
            lines.append("Nothing is wrong.")
        } else {
            lines.append(
                "\(Counted.text(problems.count, "thing")) \(Counted.word(problems.count, "is", plural: "are")) wrong:")
            lines += problems.map { "! \($0.name): \($0.problem ?? "")" }
        }
        return Shown.lines(lines.joined(separator: "\n"))
    }

    var json: JSONValue {
        var object = JSONObject()
        object["isWell"] = .bool(problems.isEmpty)
        object["findings"] = .array(
            findings.map { finding in
                var one = JSONObject()
                one["section"] = .string(finding.section.rawValue)
                one["name"] = .string(finding.name)
                one["value"] = .string(finding.value)
                one["problem"] = finding.problem.map { .string($0) } ?? .null
                return .object(one)
            })
        return .object(object)
    }
}
