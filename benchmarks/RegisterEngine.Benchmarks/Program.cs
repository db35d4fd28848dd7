using BenchmarkDotNet.Running;
using RegisterEngine.Benchmarks;

if (args is ["peer-data", string folder])
    RegressionBenchmarks.WriteForPeers(folder);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
