/** The mark of the desk: two accounts of one thing. */
export const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#14343b"/><g fill="none" stroke-width="3" stroke-linecap="round"><path d="M7 10h8M7 16h6M7 22h8" stroke="#7fd1c7"/><path d="M19 10h6M17 16h8M19 22h6" stroke="#f0a37f"/></g></svg>'
