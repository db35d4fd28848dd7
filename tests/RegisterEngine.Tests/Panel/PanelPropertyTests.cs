using System.Text;
using FsCheck;
using FsCheck.Xunit;
using RegisterEngine.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Panel;

public sealed class PanelPropertyTests
{
    [Property(MaxTest = 300)]
    public void PanelIsThatOfTheOracle(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        PanelOptions options = RandomOptions(seed);

        Assert.Equal(Oracle.Panel(employments, options), Engine.Panel(employments, options));
    }

    [Property(MaxTest = 60)]
    public void PanelIsTheSameForEveryOrderOfRows(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        PanelOptions options = RandomOptions(seed);

        Assert.Equal(Engine.Panel(employments, options), Engine.Panel(RandomRegister.Shuffled(employments, seed), options));
    }

    [Property(MaxTest = 60)]
    public void PanelIsTheSameForEveryCutIntoFiles(int seed, PositiveInt files)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        using var folder = new TemporaryFolder();
        List<string> paths =
        [
            .. RandomRegister.Shuffled(employments, seed).Select((job, i) => (job, File: i % Math.Min(files.Get, 7)))
                .GroupBy(pair => pair.File, pair => pair.job)
                .Select(file => folder.Write($"part-{file.Key}.csv", Employment.ToCsv(file))),
        ];
        using RunResult result = Engine.Run(paths);

        Assert.Equal(Engine.Panel(employments), Engine.Panel(result));
    }

    [Property(MaxTest = 60)]
    public void PanelIsTheSameForEveryBatchBlockAndNumberOfThreads(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        var random = new Random(seed);
        int block = random.Next(300, 3000);
        int threads = random.Next(1, 6);

        List<PersonYear> cut = Engine.Panel(employments, change: plan => plan with
        {
            BatchRows = 1024 + random.Next(100),
            Threads = threads,
            Sources = plan.Sources with { BlockSize = block },
        });

        Assert.Equal(Engine.Panel(employments, change: plan => plan with { Threads = 1 }), cut);
    }

    [Fact]
    public void BatchThatIsTooSmallIsRefused() =>
        Assert.Throws<ArgumentException>(() => Engine.Panel(RandomRegister.Make(1), change: plan => plan with { BatchRows = 1023 }));

    [Property(MaxTest = 30)]
    public void OrderOfThePanelIsTheSameForEveryOrderOfRowsAndNumberOfThreads(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);

        Assert.Equal(InShardOrder(employments, 1), InShardOrder(RandomRegister.Shuffled(employments, seed), 4));

        static List<PersonYear> InShardOrder(List<Employment> employments, int threads)
        {
            using var folder = new TemporaryFolder();
            using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(employments))], plan => plan with { Threads = threads });
            return Engine.InShardOrder(result);
        }
    }

    [Fact]
    public void PanelIsTheSameWhenRowsSpillToDisk()
    {
        // Enough rows for several slabs, of which the budget allows one.
        var employments = new List<Employment>();
        for (int person = 0; person < 30_000; person++)
            for (int year = 2018; year < 2022; year++)
                employments.Add(new Employment(year, person % 10 == 0 ? $"text {person}" : $"{person}", $"W{(person + (year * person % 7)) % 50}"));

        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv(employments));
        using RunResult inMemory = Engine.Run([path]);
        using RunResult spilled = Engine.Run([path], plan => plan with { Shards = plan.Shards with { RowBudget = 1 } });

        Assert.Equal(0, inMemory.SpilledBytes);
        Assert.True(spilled.SpilledBytes > 1_000_000, $"{spilled.SpilledBytes} bytes were spilled");
        Assert.Equal(Engine.InShardOrder(inMemory), Engine.InShardOrder(spilled));
    }

    // A row that has more than few words hold makes those whole that come after it: first all, then none but itself.
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1)]
    public void PanelIsTheSameWhicheverFormRowsHaveInMemory(long budget)
    {
        var employments = new List<Employment> { new(2018, "5", "W1") { Pay = 90_000_000 } };
        for (int person = 0; person < 20_000; person++)
            for (int year = 2018; year < 2022; year++)
                employments.Add(new Employment(year, person % 10 == 0 ? $"text {person}" : $"{person}", $"W{(person + (year * person % 7)) % 50}") { Pay = 400_000 + person });

        using var folder = new TemporaryFolder();
        List<PersonYear> whole = InShardOrder("whole.csv", employments);
        employments.Reverse();
        Assert.Equal(whole, InShardOrder("compact.csv", employments));

        List<PersonYear> InShardOrder(string name, List<Employment> rows)
        {
            using RunResult result = Engine.Run([folder.Write(name, Employment.ToCsv(rows))], plan => plan with { Threads = 2, Shards = plan.Shards with { RowBudget = budget } });
            Assert.Equal(budget == 1, result.SpilledBytes > 0);
            return Engine.InShardOrder(result);
        }
    }

    [Fact]
    public void ScratchFileHasNoNameAnyMore()
    {
        using var folder = new TemporaryFolder();
        using var scratch = new RegisterEngine.Columns.ScratchFile(folder.Path);
        long at = scratch.Append(Encoding.UTF8.GetBytes("abc"));
        byte[] read = new byte[3];
        scratch.Read(at, read);

        Assert.Equal("abc", Encoding.UTF8.GetString(read));
        Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(folder.Path).Length == 0);
    }

    private static PanelOptions RandomOptions(int seed)
    {
        var random = new Random(seed ^ 0x5EED);
        return new PanelOptions
        {
            MainJob = (MainJobRule)random.Next(2),
            NewHire = (NewHireRule)random.Next(2),
            Universe = new Universe
            {
                PositionCodes = random.Next(3) == 0 ? ["7174", "0123"] : null,
                ServiceAreas = random.Next(4) == 0 ? ["helse"] : null,
                Municipalities = random.Next(5) == 0 ? ["0301", "1103"] : null,
                EmploymentForms = random.Next(5) == 0 ? ["Fast"] : null,
            },
            Coverage = new CoverageOptions
            {
                Level = (CoverageLevel)random.Next(2),
                Missing = random.Next(4) == 0 ? [new MissingDelivery("5001", 2019)] : [],
            },
        };
    }
}
