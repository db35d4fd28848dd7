# Reference values that base R and sandwich (Debian: r-cran-sandwich) give, for what golden.json does not hold:
#   Rscript staggered.R       writes pre_trend.csv and staggered.json beside it
# 1. Event study with three years before the start: the joint test of the terms before it, by clustered errors.
# 2. Doubly robust group-time effects next to age and sex (synth.csv), and what they come to together.
library(sandwich)
out <- list()
number <- function(x) paste(format(x, digits = 17, trim = TRUE), collapse = ", ")
field <- function(name, x) sprintf("\"%s\": [%s]", name, number(x))

# 1. Workplaces that begin in 2021 and 2022, and others; six years.
set.seed(20221201)
panel <- do.call(rbind, lapply(1:36, function(w) {
  start <- if (w <= 5) 2021 else if (w <= 9) 2022 else 0
  rows <- sample(4:9, 1)
  do.call(rbind, lapply(2018:2023, function(year) {
    age <- sample(20:66, rows, replace = TRUE)
    woman <- rbinom(rows, 1, 0.8)
    p <- 0.12 + 0.1 * (age < 30) + 0.03 * woman + 0.01 * (w %% 7) + 0.02 * (year - 2018) - 0.1 * (start > 0 & year >= start)
    data.frame(workplace = w, year = year, start = start, age = age, woman = woman, exit = rbinom(rows, 1, p))
  }))
}))
write.csv(panel, "pre_trend.csv", row.names = FALSE, quote = FALSE)
common <- 2022  # the start of controls is that of most treated workplaces; it does not matter for what is tested
since <- ifelse(panel$start > 0, panel$year - panel$start, NA)
times <- setdiff(sort(unique(na.omit(since))), -1)
x <- sapply(times, function(at) as.numeric(!is.na(since) & since == at))
colnames(x) <- paste0("s", ifelse(times < 0, "m", "p"), abs(times))
fit <- lm(exit ~ x + age + woman + factor(year) + factor(workplace), data = panel)
g <- length(unique(panel$workplace)); n <- nrow(panel); k <- fit$rank
v <- vcovCL(fit, cluster = panel$workplace, type = "HC0", cadjust = FALSE) * g / (g - 1) * (n - 1) / (n - (k - (g - 1)))
of <- paste0("x", colnames(x))
before <- of[times < -1]
f <- drop(coef(fit)[before] %*% solve(v[before, before], coef(fit)[before])) / length(before)
robust <- vcovHC(fit, type = "HC1")
f_hc1 <- drop(coef(fit)[before] %*% solve(robust[before, before], coef(fit)[before])) / length(before)
out <- c(out, sprintf("\"pre_trend\": {%s}", paste(c(
  field("times", times), field("coef", coef(fit)[of]), field("se_CR1_nested", sqrt(diag(v)[of])), field("q", length(before)),
  field("f_CR1_nested", f), field("p_CR1_nested", pf(f, length(before), g - 1, lower.tail = FALSE)),
  field("f_HC1", f_hc1), field("p_HC1", pf(f_hc1, length(before), n - k, lower.tail = FALSE))), collapse = ", ")))

# 2. Sant'Anna and Zhao (2020), equation (3.4) with logit and linear regressions, and the influence of each row as in DRDID; then section 3 of Callaway and Sant'Anna (2021).
all <- read.csv("synth.csv")
d <- all[all$treat == 1 | all$control == 1, ]
d$cohort <- ifelse(d$treat == 1, d$first_treat, 0)
doubly_robust <- function(s, y) {
  z <- cbind(1, s$age, s$female); n <- nrow(s); treated <- s$cohort > 0; after <- s$after
  logit <- glm(treated ~ age + female, family = binomial, data = s, control = glm.control(epsilon = 1e-15, maxit = 100))
  p <- pmin(fitted(logit), 1 - 1e-6); odds <- p / (1 - p)
  # By group: the prediction for all rows, and the influence of each row on the slopes.
  regression <- function(group) {
    m <- lm.fit(z[group, ], y[group])
    e <- ifelse(group, y - drop(z %*% m$coefficients), 0)
    list(hat = drop(z %*% m$coefficients), influence = (e * z) %*% solve(crossprod(z[group, ])) * n)
  }
  c0 <- regression(!treated & !after); c1 <- regression(!treated & after); t0 <- regression(treated & !after); t1 <- regression(treated & after)
  gap <- y - ifelse(after, c1$hat, c0$hat)
  # A weighted mean and the influence of each row on it, without that of slopes; the weighted mean of regressors.
  mean_of <- function(w, v) { a <- sum(w * v) / sum(w); list(a = a, influence = n * w / sum(w) * (v - a), z = colSums(w * z) / sum(w)) }
  mt0 <- mean_of(treated & !after, gap); mt1 <- mean_of(treated & after, gap)
  w0 <- odds * (!treated & !after); w1 <- odds * (!treated & after); mc0 <- mean_of(w0, gap); mc1 <- mean_of(w1, gap)
  g1 <- mean_of(treated, t1$hat - c1$hat); g1own <- mean_of(treated & after, t1$hat - c1$hat)
  g0 <- mean_of(treated, t0$hat - c0$hat); g0own <- mean_of(treated & !after, t0$hat - c0$hat)
  att <- mt1$a - mt0$a - (mc1$a - mc0$a) + (g1$a - g1own$a) - (g0$a - g0own$a)
  on_logit <- colSums(w1 * (gap - mc1$a) * z) / sum(w1) - colSums(w0 * (gap - mc0$a) * z) / sum(w0)
  logit_influence <- ((treated - p) * z) %*% solve(crossprod(z * sqrt(p * (1 - p)))) * n
  influence <- mt1$influence - mt0$influence - (mc1$influence - mc0$influence) + g1$influence - g1own$influence - (g0$influence - g0own$influence) -
    drop(logit_influence %*% on_logit) -
    # As DRDID adds it: of the regression before too with this sign; both vanish as weights make controls alike.
    drop(c1$influence %*% (mt1$z - mc1$z)) - drop(c0$influence %*% (mt0$z - mc0$z)) +
    drop((t1$influence - c1$influence) %*% (g1$z - g1own$z)) - drop((t0$influence - c0$influence) %*% (g0$z - g0own$z))
  list(att = att, influence = influence)
}
pooled <- function(use, effects, cohorts) {
  n <- nrow(d); share <- sapply(effects[use], function(e) mean(d$cohort == e$cohort)); total <- sum(share)
  att <- sapply(effects[use], function(e) e$att); inf <- sapply(effects[use], function(e) e$influence)
  is <- sapply(effects[use], function(e) as.numeric(d$cohort == e$cohort))
  weight_influence <- (sweep(is, 2, share)) / total - outer(rowSums(sweep(is, 2, share)), share) / total^2
  i <- inf %*% (share / total) + weight_influence %*% att
  c(sum(share / total * att), sqrt(sum(i^2)) / n)
}
for (outcome in c("turnover_total", "turnover_workplace", "turnover_municipality")) {
  effects <- list()
  for (cohort in c(2021, 2022)) for (year in c(2021, 2022)) {
    before <- if (year >= cohort) cohort - 1 else year - 1
    rows <- which(d$cohort %in% c(0, cohort) & d$year %in% c(before, year))
    s <- d[rows, ]; s$after <- s$year == year
    r <- doubly_robust(s, s[[outcome]])
    influence <- numeric(nrow(d)); influence[rows] <- r$influence * nrow(d) / length(rows)
    effects <- c(effects, list(list(cohort = cohort, year = year, att = r$att, se = sqrt(sum(influence^2)) / nrow(d), influence = influence)))
  }
  at <- function(f) sapply(effects, f)
  cohort <- at(function(e) e$cohort); year <- at(function(e) e$year); since <- year - cohort
  pools <- function(keys, key) sapply(keys, function(k) pooled(which(key == k & since >= 0), effects))
  dynamic <- sapply(-1:1, function(e) pooled(which(since == e), effects))
  by_cohort <- pools(c(2021, 2022), cohort); by_year <- pools(c(2021, 2022), year); simple <- pooled(which(since >= 0), effects)
  out <- c(out, sprintf("\"%s\": {%s}", outcome, paste(c(
    field("group", cohort), field("t", year), field("att", at(function(e) e$att)), field("se", at(function(e) e$se)), field("simple", simple),
    field("dynamic_att", dynamic[1, ]), field("dynamic_se", dynamic[2, ]), field("group_att", by_cohort[1, ]), field("group_se", by_cohort[2, ]),
    field("calendar_att", by_year[1, ]), field("calendar_se", by_year[2, ])), collapse = ", ")))
}
writeLines(c("{", paste0("  \"meta\": \"", R.version.string, ", sandwich ", packageVersion("sandwich"), "\","), paste0("  ", out, c(rep(",", length(out) - 1), "")), "}"), "staggered.json")
