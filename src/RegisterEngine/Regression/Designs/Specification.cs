using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>Which controls a model has.</summary>
public enum Specification
{
    /// <summary>(1) None.</summary>
    NoControls,

    /// <summary>(2) Age and sex.</summary>
    AgeAndSex,

    /// <summary>(3) Age and sex, and effects of years and workplaces.</summary>
    AgeSexAndEffects,
}

/// <summary>The two equations of an evaluation.</summary>
public enum Equation
{
    /// <summary>(1) Before and after, treated workplaces only.</summary>
    BeforeAfter,

    /// <summary>(2) Difference in differences, against municipalities without any treated workplace.</summary>
    DifferenceInDifferences,
}

/// <summary>Names of the terms of an evaluation.</summary>
public static class DesignTerms
{
    /// <summary>One after the start.</summary>
    public const string Post = "post";

    /// <summary>One at treated workplaces.</summary>
    public const string Treat = "treat";

    /// <summary>One at treated workplaces after the start.</summary>
    public const string TreatPost = "treat_post";

    /// <summary>The term that is the effect.</summary>
    public static string EffectOf(Equation equation) => equation == Equation.BeforeAfter ? Post : TreatPost;
}

/// <summary>Makes the models of the two equations.</summary>
internal static class DesignModels
{
    /// <summary>The model of an equation in a specification.</summary>
    /// <remarks>
    /// With effects of years and workplaces, equation (2) has no Treat, which the workplaces make up, and no Post: beside the years it would be no more than a second treatment of those
    /// who begin early.
    /// </remarks>
    public static CellModel Of(EvaluationSample sample, Equation equation, Specification specification, IReadOnlyList<Measure> measures, bool withClusters)
    {
        CellFrame frame = sample.Frame;
        double[] post = new double[frame.Count], treat = new double[frame.Count], treatPost = new double[frame.Count];
        for (int cell = 0; cell < post.Length; cell++)
            (post[cell], treat[cell], treatPost[cell]) = (sample.Post[cell] ? 1 : 0, sample.Treated[cell] >= 0 ? 1 : 0, sample.Post[cell] && sample.Treated[cell] >= 0 ? 1 : 0);
        List<CellRegressor> regressors = [];
        if (equation == Equation.BeforeAfter)
            regressors.Add(CellRegressor.Of(DesignTerms.Post, post));
        else
        {
            regressors.Add(CellRegressor.Of(DesignTerms.TreatPost, treatPost));
            if (specification != Specification.AgeSexAndEffects)
            {
                regressors.Add(CellRegressor.Of(DesignTerms.Treat, treat));
                regressors.Add(CellRegressor.Of(DesignTerms.Post, post));
            }
        }
        if (specification != Specification.NoControls)
            regressors.AddRange([CellRegressor.Age(), CellRegressor.Woman()]);
        Grouping workplaces = sample.Workplaces;
        return new CellModel
        {
            Frame = frame,
            Regressors = regressors,
            Measures = measures,
            Effects = specification == Specification.AgeSexAndEffects ? [workplaces, frame.Grouping(Dimension.Year, "year")] : [],
            Clusters = withClusters ? [workplaces] : [],
        };
    }
}
