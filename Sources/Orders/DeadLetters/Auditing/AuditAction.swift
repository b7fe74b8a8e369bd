/// What was done, or was to be done.
package enum AuditAction: String, Sendable, Hashable, CaseIterable {
    case signIn = "session.begin"
    case signOut = "session.end"
    case list = "letters.list"
    case show = "letter.show"
    case reveal = "letter.reveal"
    case revise = "letter.revise"
    case migrate = "letters.migrate"
    case discard = "letters.discard"
    case restore = "letters.restore"
    case exportLetters = "letters.export"
    case importLetters = "letters.import"
    case annotate = "group.annotate"
    case previewReplay = "replay.preview"
    case orderReplay = "replay.order"
    case pauseReplay = "replay.pause"
    case resumeReplay = "replay.resume"
    case cancelReplay = "replay.cancel"
    case stopReplay = "replay.stop"
    case finishReplay = "replay.finish"
    case sendReplay = "replay.send"
    case readAudit = "audit.read"
    case retire = "retention.retire"

    package init(_ control: ReplayControl) {
        self =
            switch control {
            case .pause: .pauseReplay
            case .resume: .resumeReplay
            case .cancel: .cancelReplay
            }
    }
}
