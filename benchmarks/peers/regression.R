# The regression benchmarks in R with what Debian has: data.table, sandwich and lm. The data are drawn as in LargePanel.cs (other random numbers, same sizes and risks).
# Rscript regression.R [rows, default 5000000]
library(data.table)
library(sandwich)
rows <- as.numeric(c(commandArgs(TRUE), 5e6)[1])
set.seed(42)
workplaces <- 60000
size <- exp(3 * runif(workplaces))
d <- data.table(workplace = sample.int(workplaces, rows, TRUE, size), year = sample(2014:2023, rows, TRUE), age = sample(18:67, rows, TRUE), woman = rbinom(rows, 1, 0.8))
pull <- 0.05 * runif(workplaces)
d[, treat_post := as.numeric(workplace %% 40 == 0 & year >= 2019)]
d[, u := runif(rows)]
d[, exit := as.numeric(u < 0.1 + pull[workplace] - 0.03 * treat_post)]
d[, move := as.numeric(u > 0.92)]
d[, total := exit + move]
d[, post := as.numeric(year >= 2019)]
outcomes <- c("total", "move", "exit")
timed <- function(what, expression) {
  seconds <- system.time(value <- eval.parent(substitute(expression)))[["elapsed"]]
  cat(sprintf("%s: %.3f s\n", what, seconds))
  invisible(value)
}

# Means by workplace and year are taken out by turns: eight of them are enough to six digits here.
effects <- timed("workplace and year effects, clustered, three outcomes", {
  x <- as.matrix(d[, .(treat_post, age, woman, total, move, exit)])
  for (i in 1:8) for (by in c("workplace", "year")) {
    g <- d[[by]]
    n <- tabulate(g - min(g) + 1)
    x <- x - (rowsum(x, g - min(g) + 1, reorder = TRUE) / n[n > 0])[match(g - min(g) + 1, which(n > 0)), ]
  }
  lapply(outcomes, function(y) {
    fit <- lm(x[, y] ~ x[, c("treat_post", "age", "woman")] - 1)
    c(coef(fit)[1], sqrt(vcovCL(fit, d$workplace, type = "HC0")[1, 1]))
  })
})
stopifnot(abs(effects[[1]][1] - effects[[2]][1] - effects[[3]][1]) < 1e-6, abs(effects[[3]][1] + 0.03) < 5 * effects[[3]][2])

timed("before and after at every workplace, three outcomes", {
  sums <- d[, c(.(n = .N), lapply(.SD, sum)), by = .(workplace, post), .SDcols = outcomes]
  wide <- merge(sums[post == 0], sums[post == 1], by = "workplace", suffixes = c("0", "1"))
  for (y in outcomes) {
    k0 <- wide[[paste0(y, "0")]]; k1 <- wide[[paste0(y, "1")]]
    variance <- (k0 * (1 - k0 / wide$n0) + k1 * (1 - k1 / wide$n1)) / (wide$n0 + wide$n1 - 2) * (1 / wide$n0 + 1 / wide$n1)
    set(wide, j = paste0("t_", y), value = (k1 / wide$n1 - k0 / wide$n0) / sqrt(variance))
  }
})
