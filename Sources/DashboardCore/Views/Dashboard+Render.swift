package import TerminalUI

extension Dashboard {
    /// The screen as it should be now.
    package func render() -> Canvas {
        var canvas = Canvas(size: size, glyphs: glyphs)
        if Layout.isTooSmall(size) {
            let least = Layout.leastSize
            canvas.put("runwatch needs \(least.columns)x\(least.rows) cells", x: 0, y: 0)
            return canvas
        }
        let layout = layout
        HeaderView.draw(self, in: layout.header, on: &canvas)
        if layout.experimentRows.height > 0 { ExperimentsView.draw(self, layout, on: &canvas) }
        if layout.runRows.height > 0 { RunsView.draw(self, layout, on: &canvas) }
        if layout.detail.height > 0 { DetailView.draw(self, layout, on: &canvas) }
        if let comparison { ComparisonView.draw(comparison, self, on: &canvas) }
        if let queues { QueuesView.draw(queues, self, on: &canvas) }
        FooterView.draw(self, in: layout.footer, on: &canvas)
        drawOverlay(on: &canvas)
        return canvas
    }

    private func drawOverlay(on canvas: inout Canvas) {
        switch mode {
        case .browsing, .filtering, .filteringComparison, .searchingLog, .renaming, .explainingFailure, .askingInput:
            break
        case .commanding(let palette): CommandPaletteView.draw(palette, self, on: &canvas)
        case .sorting(let selection): SortMenuView.draw(selection, self, on: &canvas)
        case .choosingColumns(let chooser): ColumnChooserView.draw(chooser, self, on: &canvas)
        case .choosingView(let menu): ViewMenuView.draw(menu, self, on: &canvas)
        case .choosingService(let menu): ServiceMenuView.draw(menu, self, on: &canvas)
        case .choosingLog(let selection): LogMenuView.draw(selection, self, on: &canvas)
        case .browsingArtifacts(let browser): ArtifactsView.draw(browser, self, on: &canvas)
        case .confirmingCommand(let call): CommandQuestionView.draw(call, self, on: &canvas)
        case .confirming(let confirmation): ConfirmationView.draw(confirmation, self, on: &canvas)
        case .rerunning(let prompt): RerunView.draw(prompt, self, on: &canvas)
        case .copying(let menu): CopyMenuView.draw(menu, self, on: &canvas)
        case .readingText(let plain): PlainTextView.draw(plain, self, on: &canvas)
        case .editingTags(let editor): TagEditorView.draw(editor, self, on: &canvas)
        case .reporting(let report): ReportView.draw(report, self, on: &canvas)
        case .reviewingEvents(let selected): EventsView.draw(selected, self, on: &canvas)
        case .overlayingCharts:
            let top = layout.header.maxY
            let body = Rect(x: 0, y: top, width: size.columns, height: max(0, layout.footer.y - top))
            OverlaidChartsView.draw(self, in: body, on: &canvas)
        case .helping(let scroll): HelpView.draw(scroll, self, on: &canvas)
        }
    }
}
