# Notification policy (Rego v1): one comment in the pull request, which each run replaces.
package spacelift

run := input.run_updated.run

review := input.run_updated.third_party_metadata.custom.bitlift

pull_request contains {
	"id": run.commit.pull_request_id,
	"body": review.comment,
	"deduplication_key": sprintf("bitlift-%s", [input.run_updated.stack.id]),
} if {
	run.type == "PROPOSED"
	run.state in {"FINISHED", "FAILED"}
	run.commit.pull_request_id
	review.comment
}

sample := true
