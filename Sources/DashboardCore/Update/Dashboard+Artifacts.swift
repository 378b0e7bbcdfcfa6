import RunModel
import RunServices
import TerminalUI

/// Browsing what a run keeps in files.
extension Dashboard {
    /// Opens the folder of the file on screen, or the top one; with a path, goes there.
    mutating func artifactsCommand(_ argument: String) {
        guard let run = list.selectedID else {
            announce(.hint, "No run is selected.")
            return
        }
        let path = argument.split(separator: "/").joined(separator: "/")
        if !path.isEmpty {
            let folder = ArtifactBrowser.parent(of: path)
            mode = .browsingArtifacts(ArtifactBrowser(run: run, folder: folder, wanted: path, opensWanted: true))
        } else if let chosen = detail.chosenLog, chosen.run == run {
            let folder = ArtifactBrowser.parent(of: chosen.file.name)
            mode = .browsingArtifacts(ArtifactBrowser(run: run, folder: folder, wanted: chosen.file.name))
        } else {
            mode = .browsingArtifacts(ArtifactBrowser(run: run, folder: ""))
        }
    }

    mutating func demandArtifacts() -> [Effect] {
        guard case .browsingArtifacts(var browser) = mode, let request = browser.demand else { return [] }
        browser.request = request
        mode = .browsingArtifacts(browser)
        return [.loadArtifacts(request)]
    }

    mutating func artifactsArrived(
        _ request: ArtifactRequest, _ result: Result<Page<Artifact>, RunServiceError>
    ) -> [Effect] {
        guard case .browsingArtifacts(var browser) = mode, browser.request == request else { return [] }
        browser.request = nil
        switch result {
        case .failure(let error):
            browser.error = error
            mode = .browsingArtifacts(browser)
        case .success(let page):
            let found = browser.take(page)
            if browser.isMissingWanted {
                announce(.refused, "This run has no artifact “\(browser.wanted ?? "")”; its folder is shown.")
                browser.forgetWanted()
            }
            mode = .browsingArtifacts(browser)
            if let found { open(found, in: browser) }
        }
        return []
    }

    mutating func artifactKey(_ key: Key, _ browser: ArtifactBrowser) -> [Effect] {
        var browser = browser
        switch PromptKeys.action(for: key, in: .artifacts) {
        case .choose:
            if let selected = browser.selected { open(selected, in: browser) }
            return []
        case .retry:
            browser.error = nil
            mode = .browsingArtifacts(browser)
        case .leave:
            mode = browser.leave() ? .browsingArtifacts(browser) : .browsing
        case .close: mode = .browsing
        default:
            let height = ArtifactsView.height(of: browser, self)
            let lines = keys.command(for: key).flatMap { distance($0, height: height) }
            guard let lines, !browser.entries.isEmpty else { return [] }
            browser.forgetWanted()
            let last = max(0, browser.entries.count - 1)
            browser.selection = min(max(0, browser.selection.addingReportingOverflow(lines).partialValue), last)
            mode = .browsingArtifacts(browser)
        }
        return []
    }

    /// Goes into a folder, or shows a file in the log view from its beginning.
    private mutating func open(_ artifact: Artifact, in browser: ArtifactBrowser) {
        if artifact.isFolder {
            var browser = browser
            browser.enter(artifact.path)
            mode = .browsingArtifacts(browser)
            return
        }
        mode = .browsing
        notice = nil
        guard list.selectedID == browser.run else {
            announce(.hint, "The run is not selected any more.")
            return
        }
        show(.logs)
        detail.chosenLog = ChosenLog(
            run: browser.run, file: LogFile(name: artifact.path, size: artifact.size ?? 0), isArtifact: true)
        // Read anew, from its beginning, even if it is the one on screen.
        detail.log = LogState(wraps: detail.log.wraps)
        focus = .detail
    }
}
