package import RunModel
package import TerminalUI

extension Dashboard {
    /// Opens the filter line, or the log's search line where a log has the focus.
    mutating func openFilter(_ argument: String) -> [Effect] {
        if focus == .detail, detail.tab == .logs {
            mode = .searchingLog(LineInput(text: detail.log.search))
            return []
        }
        if !argument.isEmpty {
            applyFilter(argument)
            if let filterError { announce(.refused, filterError.message) }
            restoreFilterLine()
            return []
        }
        focus = .runs
        mode = .filtering(LineInput(text: filterText))
        return []
    }

    mutating func filteringKey(_ key: Key, _ input: LineInput) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            mode = .browsing
            if let filterError { announce(.refused, filterError.message) }
            restoreFilterLine()
        case .cancel:
            mode = .browsing
            applyFilter("")
        case .up: list.moveSelection(by: -1)
        case .down: list.moveSelection(by: 1)
        case .complete:
            if let completion = filterCompletions(input).first {
                input.complete(completion)
                mode = .filtering(input)
                applyFilter(input.text)
            }
        default:
            guard input.handle(key) else { return [] }
            mode = .filtering(input)
            if input.text != filterText { applyFilter(input.text) }
        }
        return []
    }

    /// Takes a filter text into force; one that is wrong leaves the last good one there, and says where it is wrong.
    mutating func applyFilter(_ text: String) {
        filterText = text
        do throws(FilterSyntaxError) {
            let filter = try Filter.parse(text)
            filterError = nil
            list.setFilter(text.allSatisfy { $0 == " " } ? nil : filter, at: now.wall)
        } catch {
            filterError = error
        }
        chooseMetricColumns()
    }

    /// Back at rest, the line says what is in force.
    mutating func restoreFilterLine() {
        filterText = list.filter?.text ?? ""
        filterError = nil
    }

    /// What could be typed next at the cursor, best first.
    package func filterCompletions(_ input: LineInput) -> [FilterCompletion] {
        Filter.completions(for: input.text, at: input.cursor, vocabulary: filterVocabulary)
    }

    /// Keys that the loaded runs have, listed or not: what is typed so far may have emptied the list. A sample, for this
    /// is asked at each keystroke.
    private var filterVocabulary: FilterVocabulary {
        var tags = Set<String>()
        var params = Set<String>()
        var properties = Set<String>()
        var metrics = Set<String>()
        for slot in list.order.slots.prefix(200) {
            let run = list.table[slot]
            tags.formUnion(run.tags.keys)
            params.formUnion(run.params.keys)
            properties.formUnion(run.properties.keys)
            metrics.formUnion(run.metrics.keys)
        }
        return FilterVocabulary(
            tagKeys: tags.sorted(), paramKeys: params.sorted(), propertyKeys: properties.sorted(),
            metricKeys: metrics.sorted(), experiments: experiments.experiments.map(\.name))
    }

    mutating func searchingKey(_ key: Key, _ input: LineInput) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            mode = .browsing
            detail.log.search = input.text
            detail.log.match = nil
            return input.text.isEmpty ? [] : searchLog(forward: true, fromView: true)
        case .cancel:
            mode = .browsing
            detail.log.search = ""
            detail.log.match = nil
        default:
            guard input.handle(key) else { return [] }
            mode = .searchingLog(input)
            // What is on screen lights up as it is typed; Enter goes looking.
            detail.log.search = input.text
        }
        return []
    }
}

extension LineInput {
    /// Puts a completion in place of what it completes; the cursor goes behind it.
    fileprivate mutating func complete(_ completion: FilterCompletion) {
        let before = text.prefix(completion.range.lowerBound) + completion.replacement
        let after = text.dropFirst(completion.range.upperBound)
        let position = before.count
        text = String(before + after)
        cursor = position
    }
}
