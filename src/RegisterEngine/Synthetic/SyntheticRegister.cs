using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RegisterEngine.Columns;

namespace RegisterEngine.Synthetic;

/// <summary>
/// A register of personnel that nobody has: simulated person by person so that its turnover is what is published about the real one, and everything about it is
/// known. The demonstration, tests and benchmarks share it.
/// </summary>
public sealed class SyntheticRegister
{
    /// <summary>The file that lists the workplaces of the programme, in a folder of its own beside the extracts: it is none.</summary>
    public const string TreatmentsFileName = "truth/treatments.csv";

    /// <summary>The file that lists mentors and mentees of the programme, beside that of the workplaces; it has person ids, so only its owner can read it.</summary>
    public const string MentorsFileName = "truth/mentors.csv";

    private readonly Simulation _simulation;
    private readonly UnitTexts _units;
    private readonly TrapPlan _traps;
    private readonly PlantedMentors _mentors;

    private SyntheticRegister(SyntheticOptions options, Simulation simulation, IReadOnlyList<RegisterYear> years)
    {
        Options = options;
        _simulation = simulation;
        Years = years;
        _units = new UnitTexts(simulation.Sector, simulation.Treated, options);
        _traps = new TrapPlan(simulation.Sector, options);
        _mentors = new PlantedMentors(simulation.Sector, simulation.People, simulation.Treated, options);
    }

    /// <summary>What was asked for.</summary>
    public SyntheticOptions Options { get; }

    /// <summary>The employments of each year.</summary>
    internal IReadOnlyList<RegisterYear> Years { get; }

    /// <summary>Municipalities and workplaces.</summary>
    internal MunicipalSector Sector => _simulation.Sector;

    /// <summary>All persons.</summary>
    internal People People => _simulation.People;

    /// <summary>How far the worst published figure of any year is from what was expected of the simulation, before chance.</summary>
    internal double WorstMargin => _simulation.Departures.WorstMargin;

    /// <summary>Simulates a register.</summary>
    /// <param name="options">Which one.</param>
    /// <param name="cancellation">Stops between years.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside what can be made.</exception>
    public static SyntheticRegister Simulate(SyntheticOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        var simulation = new Simulation(options);
        return new SyntheticRegister(options, simulation, simulation.Run(cancellation));
    }

    /// <summary>Writes everything into a folder: extracts, <c>truth/truth.json</c>, <c>truth/treatments.csv</c> and <c>truth/mentors.csv</c>.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="format">How records are written.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public RegisterTruth Write(string folder, ExtractFormat format = ExtractFormat.Delimited, CancellationToken cancellation = default)
    {
        RegisterTruth truth = WriteTruth(folder, WriteExtracts(folder, format, cancellation));
        WriteTreatments(folder);
        WriteMentors(folder);
        return truth;
    }

    /// <summary>Writes one extract a year, and tells what is in each.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="format">How records are written.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<ExtractTruth> WriteExtracts(string folder, ExtractFormat format = ExtractFormat.Delimited, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var extracts = new ExtractTruth[Years.Count];
        var places = new ConcurrentQueue<int>(Enumerable.Range(0, extracts.Length));
        Workers.Run(Math.Min(Options.Threads, extracts.Length), Write, cancellation);
        return extracts;

        void Write(CancellationToken stop)
        {
            var writer = new ExtractWriter(Sector, People, _units, _traps, Options.Seed);
            while (places.TryDequeue(out int place))
            {
                extracts[place] = writer.Write(folder, Years[place], format);
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Writes what is known about the register.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extracts">What was written of it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RegisterTruth WriteTruth(string folder, IReadOnlyList<ExtractTruth> extracts)
    {
        RegisterTruth truth = Truth(extracts);
        using var file = new OutputFile(Path.Combine(folder, RegisterTruth.FileName));
        JsonSerializer.Serialize(file.Stream, truth, TruthContext.Default.RegisterTruth);
        file.Commit();
        return truth;
    }

    /// <summary>Writes the list of the workplaces of the programme: columns workplace, start_year, label, municipality, centrality and type.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteTreatments(string folder)
    {
        var text = new StringBuilder("workplace;start_year;label;municipality;centrality;type\n");
        foreach (TreatedWorkplaceTruth w in TreatedTruth())
            text.Append(null, $"{w.Workplace};{w.StartYear};{w.Label};{w.Municipality};{w.Centrality};{w.Type}\n");
        using var file = new OutputFile(Path.Combine(folder, TreatmentsFileName));
        file.Stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Commit();
    }

    /// <summary>Writes the list of mentors and mentees: columns person, year and role.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteMentors(string folder)
    {
        using var file = new OutputFile(Path.Combine(folder, MentorsFileName), ownerOnly: true);
        file.Stream.Write(Encoding.UTF8.GetBytes(_mentors.Text(Years)));
        file.Commit();
    }

    /// <summary>What is known about the register.</summary>
    public RegisterTruth Truth(IReadOnlyList<ExtractTruth> extracts)
    {
        var counter = new TruthCounter(Sector, People, Options.Years.From, Options.Years.To);
        List<Position> health = [.. Positions.All.Where(position => position.IsHealthPersonnel)];
        (var reorganisations, var mergers, var invalid) = _units.Truth(Years);
        return new RegisterTruth
        {
            Options = Options,
            HealthPersonnel = new(
                ServiceAreas.Names[(int)ServiceArea.HealthAndCare],
                [.. health.Select(position => position.Code)],
                [.. health.Where(position => position.IsInEvaluation).Select(position => position.Code)]),
            Years = [.. Years.Select(counter.Count)],
            Treatment = Options.Treatment is { } treatment ? new(TreatedTruth(), treatment.ExitEffect, treatment.MoveEffect, Applied()) : null,
            Mentors = Options.Treatment is null ? null : _mentors.Truth(Years),
            Traps = new(_traps.Gaps(Years, _units), reorganisations, mergers, invalid),
            Extracts = extracts,
        };
    }

    private List<TreatedWorkplaceTruth> TreatedTruth() =>
    [
        .. _simulation.Treated.Select(treated =>
        {
            Workplace workplace = Sector.Workplaces[treated.Workplace];
            Municipality municipality = Sector.Municipalities[workplace.Municipality];
            return new TreatedWorkplaceTruth(workplace.Number, treated.StartYear, workplace.Name, municipality.Code, municipality.Centrality, workplace.Type.Kind);
        }),
    ];

    private List<AppliedTreatmentTruth> Applied() =>
    [
        .. _simulation.Departures.Effects.Where(effect => Options.Years.Contains(effect.Key))
            .Select(effect => new AppliedTreatmentTruth(
                effect.Key, effect.Value.NewHires, effect.Value.ExitEffect / effect.Value.NewHires, effect.Value.MoveEffect / effect.Value.NewHires)),
    ];
}
