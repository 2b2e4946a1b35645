# Who is told when the account costs more than the environment may; without a monthly limit there is no budget.
module "budget" {
  source = "../../../modules/aws/budget"
  count  = can(local.env.limits.monthly) ? 1 : 0

  context = { name = local.env.name }
  budget = {
    limit  = { amount = local.env.limits.monthly }
    emails = local.env.alerts.emails
  }
}

output "budget" {
  description = "The budget, as module budget hands it on. Null: the environment has no monthly limit."
  value       = one(module.budget[*].budget)
}
