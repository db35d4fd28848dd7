namespace RegisterEngine.Cli.Tests;

/// <summary>What cannot be brought about from outside: faults of the engine, full disks, memory that is not there.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task FaultOfTheEngineIsToldWithoutItsMessageWhichMayHoldData()
    {
        (int code, string error) = await Guarded(new InvalidOperationException($"row of {Register.Secret}"));

        Assert.Equal(ExitCode.Internal, code);
        Assert.Contains("InvalidOperationException", error, StringComparison.Ordinal);
        Assert.Contains("GuardTests", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Register.Secret, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException), 6)]
    [InlineData(typeof(UnauthorizedAccessException), 6)]
    [InlineData(typeof(IOException), 6)]
    [InlineData(typeof(OperationCanceledException), 130)]
    public async Task OthersHaveTheirCodes(Type type, int expected) => Assert.Equal(expected, (await Guarded((Exception)Activator.CreateInstance(type)!)).Code);

    [Fact]
    public async Task FullDiskIsNoSuccessAndABrokenPipeIsNoFailure()
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(6, (await Guarded(new IOException("No space left on device", 28))).Code);
        Assert.Equal(0, (await Guarded(new IOException("Broken pipe", 32))).Code);
    }

    private static async Task<(int Code, string Error)> Guarded(Exception exception)
    {
        TextWriter usual = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            return (await Guard.Run(() => throw exception), error.ToString());
        }
        finally
        {
            Console.SetError(usual);
        }
    }
}
