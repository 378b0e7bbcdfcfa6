extension SlurmJob {
    /// Where the output went, with what Slurm leaves unexpanded filled in as far as it is known here; nil when nothing is
    /// known, or a part of the path is not.
    package var outputPath: String? { expanded(standardOutput) }

    /// The same of the errors; nil also where they go to the output.
    package var errorPath: String? {
        let path = expanded(standardError)
        return path == outputPath ? nil : path
    }

    /// Fills in what sbatch(1) calls the filename pattern.
    private func expanded(_ pattern: String) -> String? {
        guard pattern.hasPrefix("/") else { return nil }
        var pattern = pattern
        // squeue names the usual file of an array's task by the task's own number; it has the array's and the task's.
        if let arrayJob, case .number(let task) = arrayTask {
            for ending in ["/slurm-\(id).out", "/slurm-\(arrayJob).out", "/slurm-%A.out"]
            where pattern.hasSuffix(ending) {
                pattern = String(pattern.dropLast(ending.count)) + "/slurm-\(arrayJob)_\(task).out"
                break
            }
        }
        guard pattern.contains("%") else { return pattern }
        var path = ""
        var rest = pattern[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                path.append(character)
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let letter = rest.popFirst() else { return nil }
            if letter == "%" {
                path.append("%")
            } else {
                guard let value = value(of: letter) else { return nil }
                let width = min(Int(digits) ?? 0, 10)
                path += String(repeating: "0", count: max(0, width - value.utf8.count)) + value
            }
        }
        return path
    }

    private func value(of letter: Character) -> String? {
        switch letter {
        case "A": return "\(arrayJob ?? id)"
        case "a":
            if case .number(let task) = arrayTask { return "\(task)" }
            return arrayJob == nil ? "4294967294" : nil
        case "j": return "\(id)"
        // The script's own step runs on the first node.
        case "N": return firstNode
        case "n", "t": return "0"
        case "s": return "batch"
        // A name or a user that would lead elsewhere was refused by the file system, or is none.
        case "u": return user.isEmpty || user.contains("/") ? nil : user
        case "x": return name.isEmpty || name.contains("/") ? nil : name
        default: return nil
        }
    }

    /// Of `gpu[01-03,7],login` the `gpu01`, cut at its domain as Slurm does; nil before there are nodes.
    package var firstNode: String? {
        let first = nodes.prefix { $0 != "," && $0 != "[" }
        let rest = nodes.dropFirst(first.count)
        let number = rest.first == "[" ? rest.dropFirst().prefix { !",-]".contains($0) } : ""
        let name = first + number
        return name.isEmpty ? nil : String(name.prefix { $0 != "." })
    }
}
