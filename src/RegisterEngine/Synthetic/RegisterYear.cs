namespace RegisterEngine.Synthetic;

/// <summary>All employments at the count of one year, by workplace and then by the person's key; a person's main job comes before others at the same workplace.</summary>
internal sealed class RegisterYear
{
    private const int PlaceBits = 16;

    private readonly Employment[] _employments;
    private int[] _placeOfSeat;

    /// <summary>Writes down who sits where.</summary>
    public RegisterYear(int year, MunicipalSector sector, Workforce workforce, SecondJobs secondJobs, People people)
    {
        Year = year;
        Persons = workforce.Persons;
        _employments = new Employment[workforce.Persons + secondJobs.Jobs.Count];
        _placeOfSeat = new int[sector.Seats];
        SecondJob[] seconds = ByWorkplace(secondJobs.Jobs);
        Span<long> keys = new long[1 << PlaceBits];
        int second = 0;
        int at = 0;
        for (int w = 0; w < sector.Workplaces.Length; w++)
        {
            Workplace workplace = sector.Workplaces[w];
            int count = 0;
            for (int i = 0; i < workplace.Seats; i++)
                if (workforce.Person[workplace.FirstSeat + i] is var person and not Workforce.Nobody)
                    keys[count++] = (people[person].Key << PlaceBits) | (long)i;
            int firstSecond = second;
            for (; second < seconds.Length && seconds[second].Workplace == w; second++)
                keys[count++] = (people[seconds[second].Person].Key << PlaceBits) | (long)(workplace.Seats + second - firstSecond);
            keys[..count].Sort();
            foreach (long key in keys[..count])
            {
                int place = (int)(key & ((1 << PlaceBits) - 1));
                if (place < workplace.Seats)
                {
                    int seat = workplace.FirstSeat + place;
                    _placeOfSeat[seat] = at;
                    _employments[at++] = new Employment(
                        workforce.Person[seat], w, workforce.Start[seat], workforce.Size[seat], sector.PositionOfSeat[seat], workforce.Form[seat]).AsMainJob(workforce.IsNewHire[seat]);
                }
                else
                {
                    SecondJob job = seconds[firstSecond + place - workplace.Seats];
                    _employments[at++] = new Employment(job.Person, w, job.Start, job.Size, job.Position, job.Form);
                }
            }
        }
    }

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>How many persons there are.</summary>
    public int Persons { get; }

    /// <summary>The employments.</summary>
    public ReadOnlySpan<Employment> Employments => _employments;

    /// <summary>Notes, once, what became of whoever sat in each seat.</summary>
    public void Note(ReadOnlySpan<Outcome> outcomes)
    {
        for (int seat = 0; seat < outcomes.Length; seat++)
            if (outcomes[seat] != Outcome.Unknown)
                _employments[_placeOfSeat[seat]] = _employments[_placeOfSeat[seat]].With(outcomes[seat]);
        _placeOfSeat = [];
    }

    private static SecondJob[] ByWorkplace(List<SecondJob> jobs)
    {
        int[] workplaces = new int[jobs.Count];
        for (int i = 0; i < workplaces.Length; i++)
            workplaces[i] = jobs[i].Workplace;
        SecondJob[] sorted = [.. jobs];
        Array.Sort(workplaces, sorted);
        return sorted;
    }
}
