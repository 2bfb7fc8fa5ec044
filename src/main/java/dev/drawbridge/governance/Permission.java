package dev.drawbridge.governance;

/** What there is to be allowed. */
public enum Permission {
    /** To see which models there are, and who oneself is. */
    LIST,
    /** To ask a model. */
    ASK,
    /** To see how the gateway is set up, and how it does. */
    OVERSEE,
    /** To change that. */
    ADMINISTER,
    /** To see teams, who is in them, and their keys, budgets and limits: all, or those of the own teams. */
    SEE_TEAMS,
    /** To change them: all, or what a team lead may of the own teams. */
    LEAD_TEAMS
}
