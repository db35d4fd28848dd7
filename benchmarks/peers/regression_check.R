# The three-outcome model with effects of workplaces and years, fitted to the very person-years of the benchmark by means taken out in turns, lm's QR and sums over clusters:
# coefficients and clustered errors must be those of the engine.
#   dotnet run -c Release --project benchmarks/RegisterEngine.Benchmarks -- peer-data DIR
#   Rscript benchmarks/peers/regression_check.R DIR
library(data.table)
folder <- commandArgs(TRUE)[1]
d <- fread(file.path(folder, "rows.csv"))
ours <- read.csv(file.path(folder, "fits.csv"))
clock <- proc.time()[["elapsed"]]
x <- as.matrix(d[, .(treat_post = as.numeric(workplace %% 40 == 0 & year >= 2019), age, woman, total = as.numeric(exit + move), move, exit)])
groups <- list(d$workplace + 1L, d$year - min(d$year) + 1L)
counts <- lapply(groups, function(g) pmax(tabulate(g), 1))
repeat {
  moved <- 0
  for (i in 1:2) {
    means <- rowsum(x, groups[[i]], reorder = TRUE)
    present <- as.integer(rownames(means))
    means <- means / counts[[i]][present]
    x <- x - means[match(groups[[i]], present), ]
    if (i == 2) moved <- max(abs(means))
  }
  if (moved < 1e-13) break
}
decomposed <- qr(x[, 1:3])
beta <- qr.coef(decomposed, x[, 4:6])
residuals <- x[, 4:6] - x[, 1:3] %*% beta
bread <- chol2inv(qr.R(decomposed))
n <- nrow(x)
clusters <- length(unique(d$workplace))
factor <- clusters / (clusters - 1) * (n - 1) / (n - (3 + length(unique(d$year))))
worst <- 0
for (y in 1:3) {
  meat <- crossprod(rowsum(x[, 1:3] * residuals[, y], d$workplace, reorder = FALSE))
  error <- sqrt(diag(bread %*% meat %*% bread) * factor)
  for (term in 1:3) {
    line <- ours[ours$outcome == colnames(x)[3 + y] & ours$term == colnames(x)[term], ]
    stopifnot(nrow(line) == 1)
    worst <- max(worst, abs(beta[term, y] - line$value) / error[term], abs(error[term] / line$error - 1))
  }
}
cat(sprintf("%d person-years, %d workplaces, in R %.1f s; the engine differs by %.1e of a standard error at most\n", n, clusters, proc.time()[["elapsed"]] - clock, worst))
stopifnot(worst < 1e-8)
