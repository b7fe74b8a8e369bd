/// An explanation that is thrown as it is.
package struct ExplainedError: Explained {
    package let explanation: Explanation

    package init(what: String, place: String? = nil, advice: String? = nil, status: ExitStatus = .failed) {
        explanation = Explanation(what: what, place: place, advice: advice, status: status)
    }
}
