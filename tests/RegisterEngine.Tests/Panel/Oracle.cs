using RegisterEngine.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Panel;

/// <summary>The rules of the panel, slowly and obviously.</summary>
public static class Oracle
{
    public static List<PersonYear> Panel(IReadOnlyList<Employment> employments, PanelOptions options)
    {
        List<Employment> distinct = [.. employments.Distinct()];
        List<int> years = [.. distinct.Select(job => job.Year).Distinct().Order()];
        ILookup<(string, int), Employment> register = distinct.ToLookup(job => (job.Person, job.Year));
        Dictionary<(string, int), Employment> main = register
            .Select(jobs => (jobs.Key, Jobs: jobs.Where(job => IsInUniverse(job, options.Universe)).ToList()))
            .Where(jobs => jobs.Jobs.Count > 0)
            .ToDictionary(jobs => jobs.Key, jobs => MainJob(jobs.Jobs, options.MainJob));
        HashSet<(string, int)> gaps = Gaps(employments, years, options.Coverage);
        return
        [
            .. main.Values.Select(job => new PersonYear(
                    job.Year, job.Person, job.Workplace, job.Municipality, job.Size, job.Position, NewHireOf(job).ToString(), TransitionOf(job).ToString())
                {
                    Start = job.Start, Pay = job.Pay, Area = job.Area, Form = job.Form, WorkplaceName = job.WorkplaceName, BirthYear = job.BirthYear, Sex = job.Sex,
                })
                .OrderBy(row => row.Person, StringComparer.Ordinal).ThenBy(row => row.Year),
        ];

        NewHire NewHireOf(Employment job)
        {
            if (!years.Contains(job.Year - 1))
                return NewHire.Unknown;
            IEnumerable<Employment> before = register[(job.Person, job.Year - 1)];
            if (!before.Any())
                return HasGap(job, job.Year - 1) ? NewHire.Unknown : NewHire.Yes;
            bool wasThere = options.NewHire == NewHireRule.AnyJob
                ? before.Any(other => other.Workplace == job.Workplace)
                : main.TryGetValue((job.Person, job.Year - 1), out Employment? other) && other.Workplace == job.Workplace;
            return wasThere ? NewHire.No : NewHire.Yes;
        }

        Transition TransitionOf(Employment job)
        {
            if (!years.Contains(job.Year + 1))
                return Transition.Unknown;
            if (main.TryGetValue((job.Person, job.Year + 1), out Employment? next))
                return next.Workplace == job.Workplace ? Transition.Stay
                    : next.Municipality == job.Municipality ? Transition.MoveWithinMunicipality
                    : Transition.MoveBetweenMunicipalities;
            if (register[(job.Person, job.Year + 1)].Any())
                return Transition.LeaveUniverse;
            return HasGap(job, job.Year + 1) ? Transition.Unknown : Transition.LeaveRegister;
        }

        bool HasGap(Employment job, int year) => gaps.Contains((job.Municipality ?? "", year))
            || (options.Coverage.Level == CoverageLevel.Workplace && gaps.Contains((job.Workplace, year)));
    }

    private static bool IsInUniverse(Employment job, Universe universe) =>
        (universe.PositionCodes is null || universe.PositionCodes.Contains(job.Position))
        && (universe.ServiceAreas is null || universe.ServiceAreas.Contains(job.Area))
        && (universe.Municipalities is null || universe.Municipalities.Contains(job.Municipality))
        && (universe.EmploymentForms is null || universe.EmploymentForms.Contains(job.Form));

    private static Employment MainJob(List<Employment> jobs, MainJobRule rule)
    {
        if (rule == MainJobRule.LargestEmployment)
            return InOrder(jobs).First();
        return InOrder(jobs.GroupBy(job => job.Workplace).Select(atWorkplace => InOrder(atWorkplace).First() with
        {
            Size = atWorkplace.Any(job => job.Size is not null) ? atWorkplace.Sum(job => job.Size ?? 0) : null,
            Start = atWorkplace.Min(job => job.Start),
        })).First();
    }

    private static IOrderedEnumerable<Employment> InOrder(IEnumerable<Employment> jobs) => jobs
        .OrderByDescending(job => job.Size ?? -1)
        .ThenBy(job => job.Start ?? DateOnly.MaxValue)
        .ThenBy(job => job.Workplace, StringComparer.Ordinal)
        .ThenBy(job => job.Position ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.BirthYear ?? int.MaxValue)
        .ThenBy(job => job.Sex switch { "M" => 1, "K" => 2, _ => 3 })
        .ThenBy(job => job.Municipality ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.WorkplaceName ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.PositionName ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.Area ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.Form ?? "\uffff", StringComparer.Ordinal)
        .ThenBy(job => job.Pay ?? int.MaxValue);

    private static HashSet<(string, int)> Gaps(IReadOnlyList<Employment> employments, List<int> years, CoverageOptions options)
    {
        var gaps = new HashSet<(string, int)>();
        AddGaps(employments.Where(job => job.Municipality is not null).ToLookup(job => job.Municipality!));
        if (options.Level == CoverageLevel.Workplace)
            AddGaps(employments.ToLookup(job => job.Workplace));
        gaps.UnionWith(options.Missing.Select(missing => (missing.Unit, missing.Year)));
        return gaps;

        void AddGaps(ILookup<string, Employment> byUnit)
        {
            foreach (IGrouping<string, Employment> unit in byUnit)
                foreach (int before in years)
                    foreach (int after in years.Where(year => year > before))
                    {
                        List<int> between = [.. years.Where(year => year > before && year < after)];
                        double least = 0.1 * Math.Min(Rows(before), Rows(after));
                        if (between.All(year => Rows(year) < least))
                            gaps.UnionWith(between.Select(year => (unit.Key, year)));

                        int Rows(int year) => unit.Count(job => job.Year == year);
                    }
        }
    }
}
