# Plan policy (Rego v1): denies dangers, warns about warnings, and names single codes that never pass.
package spacelift

review := input.third_party_metadata.custom.bitlift

never := {"removals-over-limit", "default-integration-changed"}

deny contains "The stack has no review of Bitlift: bitlift.custom.spacelift.json is missing." if {
	not review.format
}

deny contains message if {
	some finding in open_findings
	finding.severity == "danger"
	message := sprintf("%s: %s", [finding.code, finding.what])
}

deny contains message if {
	some finding in open_findings
	finding.code in never
	message := sprintf("%s: %s", [finding.code, finding.what])
}

warn contains message if {
	some finding in open_findings
	finding.severity == "warning"
	message := sprintf("%s: %s", [finding.code, finding.what])
}

open_findings contains finding if {
	some finding in review.findings
	not finding.verdict in {"accepted", "known"}
}

sample := true
