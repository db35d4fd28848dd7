using System.Security.Cryptography;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Tests.Regression;

public sealed class EvaluationTests
{
    private static readonly EvaluationOptions Options = new()
    {
        Populations = [new("all", null), new("nurses", ["sykepleier"])],
        NewHiresOnly = false,
        MinimumSize = null,
        Draws = 499,
    };

    private static readonly Lazy<EvaluationResult> LazyResult = new(() => Run(SynthPanel.Treatments));

    [Fact]
    public void NumbersAreThereOrTheRowSaysWhy()
    {
        EvaluationResult result = LazyResult.Value;
        Assert.All(result.Means, line => Assert.Equal(line.Test.T is null, line.Test.Note is not null));
        Assert.All(result.Changes, line => Assert.Equal(line.Change is null, line.Note is not null));
        Assert.All(result.Models, line => Assert.Equal(line.Fits.Count == 0, line.Note is not null));
        Assert.All(result.Models.SelectMany(line => line.Fits).SelectMany(fit => fit.Coefficients), Known);
        Assert.All(result.Robustness, line => Assert.True(line.Bootstrap is not null || line.Note is not null));
        Assert.Contains(result.Changes, line => line.Note is not null);

        static void Known(Coefficient coefficient)
        {
            foreach (double? value in (double?[])[coefficient.Value, coefficient.Error, coefficient.T, coefficient.P, coefficient.Low, coefficient.High])
                Assert.True(value is null ? coefficient.Note is not null : double.IsFinite(value.Value), coefficient.Term);
        }
    }

    [Fact]
    public void NumbersHaveTheSameBitsOnEveryMachine()
    {
        // Sums, products, quotients and roots only: what probabilities need of the machine's own functions is left out.
        var numbers = new List<double>();
        foreach (Coefficient coefficient in LazyResult.Value.Models.SelectMany(line => line.Fits).SelectMany(fit => fit.Coefficients))
            numbers.AddRange([coefficient.Value ?? 0, coefficient.Error ?? 0, coefficient.T ?? 0]);
        foreach (RobustnessLine line in LazyResult.Value.Robustness)
            numbers.AddRange([line.Bootstrap!.T ?? 0, line.Bootstrap.AtLeast, line.Placebo?.AtLeast ?? 0, line.Least?.Effect ?? 0]);
        byte[] bytes = [.. numbers.SelectMany(number => BitConverter.GetBytes(number))];
        Assert.Equal("f123d156c3f01a2f", Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    [Fact]
    public void AnotherRunIsTheSame()
    {
        EvaluationResult again = Run(SynthPanel.Treatments);
        Assert.Equal(LazyResult.Value.Robustness, again.Robustness);
        Assert.Equal(LazyResult.Value.Means, again.Means);
        Assert.Equal(
            LazyResult.Value.Models.SelectMany(line => line.Fits).SelectMany(fit => fit.Coefficients), again.Models.SelectMany(line => line.Fits).SelectMany(fit => fit.Coefficients));
    }

    [Fact]
    public void OrderOfTheTreatmentTableDoesNotMatter()
    {
        EvaluationResult other = Run(new Treatments([.. SynthPanel.Treatments.All.Reverse()]));
        foreach ((ModelLine first, ModelLine second) in LazyResult.Value.Models.Zip(other.Models))
            Reference.Near(first.Effect!.Value ?? 1, second.Effect!.Value ?? 1, 1e-9, "effect");
    }

    [Fact]
    public void EachPeriodAfterIsAnEvaluationOfItsYears()
    {
        int start = SynthPanel.Treatments.All.Min(treatment => treatment.StartYear);
        var treatments = new Treatments([.. SynthPanel.Treatments.All.Where(treatment => treatment.StartYear == start)]);
        EvaluationResult result = Run(treatments, Options with { After = [[start + 1], [start, start + 1], [1999]] });
        EvaluationResult usual = Run(treatments);

        AssertSame(usual, null);
        AssertSame(Run(treatments, Options with { Years = [start - 2, start - 1, start + 1] }), $"{start + 1}");
        AssertSame(Run(treatments, Options with { Years = [start - 2, start - 1, start, start + 1] }), $"{start}-{start + 1}");
        Assert.All(result.Models.Where(line => line.Period == "1999"), line => Assert.Contains("after the start", line.Note, StringComparison.Ordinal));
        Assert.Equal(4 * usual.Models.Count, result.Models.Count);
        Assert.Contains(ModelTables.Long("models", "", result.Models).Rows, row => row.Any(value => value.Text == $"{start + 1}"));

        void AssertSame(EvaluationResult expected, string? period)
        {
            List<ModelLine> lines = [.. result.Models.Where(line => line.Period == period)];
            Assert.Equal(expected.Models.Select(line => (line.Population, line.Equation, line.Specification, line.Measure)), lines.Select(line => (line.Population, line.Equation, line.Specification, line.Measure)));
            foreach ((ModelLine of, ModelLine line) in expected.Models.Zip(lines))
            {
                Assert.Equal((of.BeforeMean, of.TreatedClusters, of.Note), (line.BeforeMean, line.TreatedClusters, line.Note));
                if (of.Note is not null)
                    continue;
                Reference.Near(of.Effect!.Value ?? 1, line.Effect!.Value ?? 1, 1e-12, "effect");
                Reference.Near(of.Effect.Error ?? 1, line.Effect.Error ?? 1, 1e-12, "error");
            }
            Assert.Contains(lines, line => line.Effect?.Value is not null);
        }
    }

    [Fact]
    public void ProgrammeThatTheDataDoNotHaveIsRefused()
    {
        Assert.Contains("'nowhere'", Assert.Throws<RegressionException>(() => Run(new Treatments([new("nowhere", 2022, "x", null, null)]))).Message, StringComparison.Ordinal);
        string workplace = SynthPanel.Treatments.All[0].Workplace;
        Assert.Contains("2031", Assert.Throws<RegressionException>(() => Run(new Treatments([new(workplace, 2031, "x", null, null)]))).Message, StringComparison.Ordinal);
        Assert.Throws<RegressionException>(() => new Treatments([]));
        Assert.Throws<RegressionException>(() => new Treatments([new("a", 2022, "x", null, null), new("a", 2021, "y", null, null)]));
    }

    [Fact]
    public void EmptyDesignSaysWhatItLacks()
    {
        EvaluationResult result = Run(SynthPanel.Treatments, Options with { Years = [2022] });
        Assert.All(result.Models, line => Assert.Contains("treated workplaces before the start", line.Note, StringComparison.Ordinal));
        Assert.All(result.Robustness, line => Assert.Contains("before the start", line.Note, StringComparison.Ordinal));
        Assert.All(result.Means.Where(line => line.Group == "treated"), line => Assert.Contains("first group", line.Test.Note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("workplace;start_year\n", "no workplace below its header")]
    [InlineData("workplace;begin\n1;2022\n", "no column 'start_year'")]
    [InlineData("workplace;start_year\n1;soon\n", "line 2, column start_year: 'soon' is not a year")]
    [InlineData("workplace;start_year\n1;2022\n\n1;2021\n", "line 4, column workplace: '1' is in line 2 too")]
    [InlineData("workplace;start_year;centrality\n1;2022;9\n", "column centrality: '9' is not a class from 1 to 6")]
    [InlineData("workplace;start_year\n1\n", "line 2: 1 fields where the header has 2 columns")]
    [InlineData("workplace;start_year\n\"1;2022\n", "a quote is opened and not closed")]
    [InlineData("workplace;start_year\n;2022\n", "column workplace: is empty")]
    public void BadTreatmentTableIsRefusedWithItsPlace(string text, string expected)
    {
        using var reader = new StringReader(text);
        Assert.Contains(expected, Assert.Throws<UserTableException>(() => TreatmentFile.Read(reader, "t.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TreatmentTableIsReadWithQuotesAndAnyOrderOfColumns()
    {
        using var reader = new StringReader("label,workplace,start_year,type,centrality\n\"Solhaug, \"\"øst\"\"\",12,2021,,3\n,13,2022,home,\n");
        Treatments treatments = TreatmentFile.Read(reader, "t.csv");
        Assert.Equal([new Treatment("12", 2021, "Solhaug, \"øst\"", 3, null), new Treatment("13", 2022, "13", null, "home")], treatments.All);
        Assert.Equal(2021, treatments.StartYear);
    }

    [Fact]
    public void EveryTableHasANumberOrANoteInEachRow()
    {
        IReadOnlyList<OutputTable> tables = EvaluationOutput.Tables(LazyResult.Value);
        Assert.Equal(tables.Count, tables.Select(table => table.Name).Distinct().Count());
        foreach (OutputTable table in tables)
        {
            int note = table.Columns.Index().FirstOrDefault(column => column.Item.Name == "note", (-1, null!)).Index;
            foreach (Value[] row in table.Rows)
            {
                Assert.Equal(table.Columns.Count, row.Length);
                Assert.All(row, value => Assert.True(value.IsMissing || value.Kind == ValueKind.Text || double.IsFinite(value.Number), table.Name));
                bool lacksNumber = table.Columns.Zip(row).Any(pair => pair.Second.IsMissing && pair.First.Kind is ValueKind.Number or ValueKind.Share && pair.First.Name is "t" or "coefficient" or "change" or "rate" or "effect");
                Assert.True(!lacksNumber || !row[note].IsMissing || row.Any(value => value.Text == "all before the start are zero"), $"{table.Name}: {string.Join(' ', row.Select(TableWriter.ReaderText))}");
            }
            using var stream = new MemoryStream();
            foreach (TableFormat format in Enum.GetValues<TableFormat>())
                TableWriter.Write(table, format, stream);
        }
    }

    [Fact]
    public void ModelsStandSideBySideWithErrorsInParentheses()
    {
        OutputTable table = EvaluationOutput.Summary(LazyResult.Value).First(of => of.Name == "models_1");
        List<string[]> rows = [.. table.Rows.Select(row => row.Select(TableWriter.ReaderText).ToArray())];
        int post = rows.FindIndex(row => row[0] == "post");
        Assert.Equal("total (1)", table.Columns[1].Name);
        Assert.Equal("-0.098**", rows[post][1]);
        Assert.Equal("(0.041)", rows[post + 1][1]);
        Assert.Equal("434", rows.Find(row => row[0] == "N")![1]);
        Assert.Equal("0.278", rows.Find(row => row[0] == "mean before, treated")![1]);
        Assert.Equal(["12", "12", "1"], rows.Find(row => row[0] == "treated workplaces that identify it")![1..4]);
        Assert.Equal(["no", "no", "yes"], rows.Find(row => row[0] == "effects of year and workplace")![1..4]);
    }

    // As many draws would take hours.
    [Theory]
    [InlineData(int.MaxValue - 1000, 499)]
    [InlineData(499, int.MaxValue - 1000)]
    public async Task EvaluationStopsWhenItIsAskedTo(int draws, int bootstrapDraws)
    {
        using var stop = new CancellationTokenSource();
        Task<EvaluationResult> running = Task.Run(() => Run(SynthPanel.Treatments, Options with { Draws = draws, BootstrapDraws = bootstrapDraws, BootstrapWeights = WildWeights.Webb }, stop.Token));
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static EvaluationResult Run(Treatments treatments, EvaluationOptions? options = null, CancellationToken cancellation = default) =>
        Evaluation.Run([.. Evaluation.Plans(options ?? Options, treatments).Select(SynthPanel.Table)], treatments, options ?? Options, cancellation);
}
