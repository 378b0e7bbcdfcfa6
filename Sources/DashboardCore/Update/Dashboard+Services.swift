import RunAttention
import RunModel
import RunServices
import TerminalUI

/// From one run service to another.
extension Dashboard {
    /// Goes over to the service named, or opens the menu.
    mutating func serviceCommand(_ argument: String) -> [Effect] {
        guard argument.isEmpty else { return connect(to: argument) }
        let current = services.known.firstIndex { $0.location == service.location } ?? 0
        mode = .choosingService(ServiceMenu(selection: current))
        return []
    }

    mutating func choosingServiceKey(_ key: Key, _ menu: ServiceMenu) -> [Effect] {
        let count = services.known.count
        var menu = menu
        switch PromptKeys.action(for: key, in: .menu) {
        case .choose:
            mode = .browsing
            return connect(to: services.known[min(menu.selection, count - 1)].location)
        case .address: mode = .commanding(CommandPalette(command: .service))
        default:
            if let scroll = ServiceMenuView.scrolled(menu.scroll, by: keys.command(for: key), self) {
                menu.scroll = scroll
            } else if let selection = menuSelection(menu.selection, key, count: count, opener: .service) {
                menu.selection = selection
            } else {
                mode = .browsing
                return []
            }
            mode = .choosingService(menu)
        }
        return []
    }

    private mutating func connect(to name: String) -> [Effect] {
        if name == service.location || name == service.name {
            announce(.hint, "This is \(service.kind) \(service.location); \(keyName(.refresh)) asks it again.")
            return services.opening == nil ? [] : abandonConnection()
        }
        services.opening = name
        notice = nil
        return [.connect(name)]
    }

    mutating func abandonConnection() -> [Effect] {
        services.opening = nil
        return [.abandonConnection]
    }

    mutating func connectionFailed(_ name: String, _ error: RunServiceError) -> [Effect] {
        services.opening = nil
        announce(.refused, error.message)
        return []
    }

    /// Everything that was known belongs to the service before; what a person set up for themselves stays.
    mutating func connected(_ service: ServiceDescription, _ capabilities: Capabilities) -> [Effect] {
        services.opening = nil
        services.add(service)
        self.service = service
        self.capabilities = Self.limited(capabilities, by: readOnlyReason)
        forgetRuns()
        announce(.done, "This is \(service.kind) \(service.location) now.")
        return poll()
    }

    private mutating func forgetRuns() {
        let sort = list.sort
        experiments = ExperimentList()
        list = RunList()
        list.setSort(sort, at: now.wall)
        detail = detail.emptied
        polling = polling.restarted
        attention.restart(readsLogs: capabilities.readLogs == .available)
        sparklines = SparklineCache()
        overlay = OverlaidCharts()
        ranges = RangeCache()
        baseline = nil
        stopRecollecting()
        columnChoice = standardColumns
        (shownColumns, metricColumns, firstColumn) = ([], [], 0)
        comparison = nil
        // A reading under way was taken back; changes are made beside any service.
        queues?.isStale = true
        queues?.isReading = false
        inFlight = [:]
        unsavedNotes = [:]
        pendingReport = nil
        markAnchor = nil
        if focus != .runs { focus = .runs }
        switch mode {
        case .filtering(let input): applyFilter(input.text)
        default:
            filterText = ""
            filterError = nil
        }
        switch mode {
        // About runs of the service before. A line being typed stays open, or its rest would be taken for commands.
        case .explainingFailure, .renaming, .askingInput, .confirming, .confirmingCommand, .rerunning, .editingTags,
            .choosingLog, .browsingArtifacts, .overlayingCharts, .choosingColumns, .filteringComparison, .copying:
            mode = .browsing
        case .browsing, .filtering, .searchingLog, .readingText, .commanding, .sorting, .choosingService, .choosingView,
            .reporting,
            .helping,
            .reviewingEvents:
            break
        }
    }

    mutating func serviceOpened(_ capabilities: Capabilities) -> [Effect] {
        self.capabilities = Self.limited(capabilities, by: readOnlyReason)
        attention.tracker.readsLogs = capabilities.readLogs == .available
        return []
    }

    /// Tells how a command ended on a service that is not on screen any more.
    mutating func steeredElsewhere(
        _ service: ServiceDescription, _ steering: Steering, _ outcomes: [SteeringOutcome]
    ) -> [Effect] {
        var changed: [Run] = []
        var refused: [RunServiceError] = []
        for outcome in outcomes {
            switch outcome.result {
            case .success(let runs): changed += runs
            case .failure(let error): refused.append(error)
            }
        }
        let place = "On \(service.kind) \(service.location): "
        if let first = refused.first {
            let rest = outcomes.count > 1 ? "\(refused.count) of \(outcomes.count) refused: " : ""
            announce(.refused, place + rest + first.message)
        } else {
            announce(.done, place + steering.sentence(about: changed))
        }
        return []
    }

    static func limited(_ capabilities: Capabilities, by reason: String?) -> Capabilities {
        reason.map(capabilities.readOnly) ?? capabilities
    }
}
